# find_package(esentcheck) for other projects: exports the targets that the folders' own CMakeLists.txt installed.
include(CMakePackageConfigHelpers)

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/esentcheck)
configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/esentcheckConfig.cmake.in
  ${PROJECT_BINARY_DIR}/esentcheckConfig.cmake
  INSTALL_DESTINATION ${package_dir}
  PATH_VARS CMAKE_INSTALL_DATADIR)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/esentcheckConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/esentcheckConfig.cmake ${PROJECT_BINARY_DIR}/esentcheckConfigVersion.cmake
  DESTINATION ${package_dir})
install(EXPORT esentcheckTargets NAMESPACE esentcheck:: DESTINATION ${package_dir})
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})
