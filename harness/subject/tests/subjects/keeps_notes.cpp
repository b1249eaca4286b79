// Keeps files of which a part is synced: what a power cut leaves of them is known.
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <string>

#include "jet.h"

namespace {

void put(const char* name, const std::string& text, bool synced) {
  const int file = open(name, O_CREAT | O_WRONLY, 0600);
  const ssize_t written = write(file, text.data(), text.size());
  if (synced && written > 0) fsync(file);
  close(file);
}

void sync_folder() {
  const int folder = open(".", O_RDONLY | O_DIRECTORY);
  fsync(folder);
  close(folder);
}

// "-" where there is none.
std::string contents(const char* name) {
  const int file = open(name, O_RDONLY);
  if (file < 0) return "-";
  char text[16] = {};
  const ssize_t length = read(file, text, sizeof text);
  close(file);
  return std::string(text, length < 0 ? 0 : static_cast<size_t>(length));
}

}  // namespace

// What is on disk.
EXPORT JET_ERR JetBeginTransaction(JET_SESID) {
  for (const char* name : {"changed", "removed", "moved"}) put(name, "old", true);
  sync_folder();
  return JET_errSuccess;
}

// What is not: other contents, and other names.
EXPORT JET_ERR JetRollback(JET_SESID, JET_GRBIT) {
  put("changed", "new", false);
  put("made", "new", false);
  put("synced", "new", true);  // its contents are, its name is not
  unlink("removed");
  rename("moved", "there");
  return JET_errSuccess;
}

// One operation on files.
EXPORT JET_ERR JetStopService(void) {
  close(open("changed", O_RDONLY));
  return JET_errSuccess;
}

EXPORT JET_ERR JetGetSystemParameter(JET_INSTANCE, JET_SESID, uint32_t, JET_API_PTR*, char* text, uint32_t size) {
  std::string all;
  for (const char* name : {"changed", "made", "synced", "removed", "moved", "there"})
    all += std::string(all.empty() ? "" : " ") + name + "=" + contents(name);
  snprintf(text, size, "%s", all.c_str());
  return JET_errSuccess;
}
