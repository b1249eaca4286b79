# esentcheck_test(NAME SOURCES... LIBRARIES...): one GoogleTest program; each of its tests is an entry of ctest.
function(esentcheck_test name)
  cmake_parse_arguments(PARSE_ARGV 1 test "" "" "SOURCES;LIBRARIES;LABELS")
  add_executable(${name} ${test_SOURCES})
  target_link_libraries(${name} PRIVATE ${test_LIBRARIES} GTest::gtest_main esentcheck_conventions)
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR} ${PROJECT_BINARY_DIR})
  target_precompile_headers(${name} PRIVATE <gtest/gtest.h> <string> <vector>)
  gtest_discover_tests(${name} DISCOVERY_TIMEOUT 60 PROPERTIES TIMEOUT 300 LABELS "${test_LABELS}")
endfunction()
