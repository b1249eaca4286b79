// What a power cut would undo: all changes to files that have not been synced, in the order in which they were made.
//
// The contents of a file survive a sync of the file, its name a sync of the folder: what POSIX promises, and no more. Of
// what was not synced a draw says what survives:
//   0  nothing
//   1  everything
//   2  names and sizes of folders' entries, and no contents
//   3… of each folder's changes the first so many; of each file's writes any, whole or torn at sectors
//
// A file that is written through a mapping, or by the C library from inside itself (fwrite), passes unseen: it survives.
#pragma once

#include <sys/types.h>

namespace esentcheck::subject::faults {

/// Whether changes are noted down, and this is not the journal's own doing.
bool journal_is_kept();

/// The file is about to be changed, or its name to be taken away.
void before_change(int file);
void before_change(int folder, const char* path);
void wrote(int file, off_t at, ssize_t count);
void wrote_here(int file, ssize_t count);  ///< up to the present position
void resized(int file);
void file_synced(int file);
void all_synced();

// Told before it happens, and taken back where it does not; of a file that is made, afterwards.
void entry_made(int folder, const char* path, bool is_folder);
void entry_removed(int folder, const char* path, bool is_folder);
void entry_moved(int from_folder, const char* from, int to_folder, const char* to);
void take_back_entry();

/// Whether something is there under that name.
bool is_there(int folder, const char* path);

[[noreturn]] void cut_power(unsigned draw);

}  // namespace esentcheck::subject::faults
