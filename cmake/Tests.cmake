# esentcheck_test(NAME SOURCES... LIBRARIES...): one GoogleTest program; each of its tests is an entry of ctest.
function(esentcheck_test name)
  cmake_parse_arguments(PARSE_ARGV 1 test "" "" "SOURCES;LIBRARIES;LABELS")
  add_executable(${name} ${test_SOURCES})
  target_link_libraries(${name} PRIVATE ${test_LIBRARIES} GTest::gtest_main esentcheck_conventions)
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR} ${PROJECT_BINARY_DIR})
  # Each file of tests has helpers of its own, by names that others use too: no unity build.
  set_target_properties(${name} PROPERTIES UNITY_BUILD OFF)
  target_precompile_headers(${name} REUSE_FROM esentcheck_test_headers)
  gtest_discover_tests(${name} DISCOVERY_TIMEOUT 60 PROPERTIES TIMEOUT 300 LABELS "${test_LABELS}")
endfunction()

# What every test includes, compiled once for all of them.
add_executable(esentcheck_test_headers EXCLUDE_FROM_ALL ${PROJECT_SOURCE_DIR}/cmake/tests/headers.cpp)
target_link_libraries(esentcheck_test_headers PRIVATE GTest::gtest_main esentcheck_conventions)
target_precompile_headers(esentcheck_test_headers PRIVATE <gtest/gtest.h> <algorithm> <string> <vector>)
