/* The header and the library as a plain C program meets them. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "esent.h"

#define EXPECT(call, wanted)                                                   \
  do {                                                                         \
    const JET_ERR err = (call);                                                \
    if (err != (wanted)) {                                                     \
      fprintf(stderr, "%s gave %d, not %d\n", #call, (int)err, (int)(wanted)); \
      return 1;                                                                \
    }                                                                          \
  } while (0)

static int run(const char* folder) {
  JET_INSTANCE instance = JET_instanceNil;
  JET_SESID first = 0, second = 0;
  EXPECT(JetCreateInstance(&instance, "from C"), JET_errSuccess);
  EXPECT(JetSetSystemParameter(&instance, JET_sesidNil, JET_paramSystemPath, 0, folder), JET_errSuccess);
  EXPECT(JetSetSystemParameter(&instance, JET_sesidNil, JET_paramLogFilePath, 0, folder), JET_errSuccess);
  EXPECT(JetInit(&instance), JET_errSuccess);
  EXPECT(JetBeginSession(instance, &first, NULL, NULL), JET_errSuccess);
  EXPECT(JetDupSession(first, &second), JET_errSuccess);
  EXPECT(JetEndSession(first, 0), JET_errSuccess);
  EXPECT(JetEndSession(first, 0), JET_errInvalidSesid);
  EXPECT(JetEndSession(second, 0), JET_errSuccess);
  EXPECT(JetTerm(instance), JET_errSuccess);
  return 0;
}

int main(void) {
  char folder[] = "/tmp/esent-XXXXXX";
  char path[64];
  int result;
  if (mkdtemp(folder) == NULL) return 1;
  result = run(folder);
  snprintf(path, sizeof path, "%s/edb.chk", folder);
  unlink(path);
  snprintf(path, sizeof path, "%s/edb.log", folder);
  unlink(path);
  return rmdir(folder) == 0 ? result : 1;
}
