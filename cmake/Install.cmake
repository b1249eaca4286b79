# Filled in by the folders' own CMakeLists.txt; this exports the targets that they installed.
