# esentcheck_library(TARGET HEADERS...): the target as esentcheck::TARGET, without the "esentcheck_" in front, here and in
# other projects, and the headers of this folder that they may include. Sources say #include "model/step.hpp"; an
# installed tree has that below include/esentcheck.
function(esentcheck_library target)
  string(REPLACE esentcheck_ "" name ${target})
  if(NOT TARGET esentcheck::${name})
    add_library(esentcheck::${name} ALIAS ${target})
  endif()
  set_target_properties(${target} PROPERTIES EXPORT_NAME ${name})
  target_include_directories(${target} INTERFACE $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}/esentcheck>)
  install(TARGETS ${target} EXPORT esentcheckTargets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
  foreach(header ${ARGN})
    file(REAL_PATH ${header} file)
    string(REPLACE ${PROJECT_BINARY_DIR} ${PROJECT_SOURCE_DIR} folder ${file})
    cmake_path(RELATIVE_PATH folder BASE_DIRECTORY ${PROJECT_SOURCE_DIR})
    cmake_path(GET folder PARENT_PATH folder)
    install(FILES ${file} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/esentcheck/${folder})
  endforeach()
endfunction()
