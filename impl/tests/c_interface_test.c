/* The header and the library as a plain C program meets them. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "esent.h"

/* The layouts of Windows with 64 bits. */
_Static_assert(sizeof(JET_SIGNATURE) == 28, "JET_SIGNATURE");
_Static_assert(sizeof(JET_BKINFO) == 24, "JET_BKINFO");
_Static_assert(sizeof(JET_DBINFOMISC) == 216, "JET_DBINFOMISC");
_Static_assert(sizeof(JET_COMMIT_ID) == 40, "JET_COMMIT_ID");
_Static_assert(sizeof(JET_INSTANCE_INFO) == 48, "JET_INSTANCE_INFO");
_Static_assert(sizeof(JET_ERRINFOBASIC_W) == 152, "JET_ERRINFOBASIC_W");

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
  JET_DBID dbid = JET_dbidNil;
  JET_INSTANCE_INFO* infos = NULL;
  uint32_t count = 0;
  char path[64];
  EXPECT(JetCreateInstance(&instance, "from C"), JET_errSuccess);
  EXPECT(JetSetSystemParameter(&instance, JET_sesidNil, JET_paramSystemPath, 0, folder), JET_errSuccess);
  EXPECT(JetSetSystemParameter(&instance, JET_sesidNil, JET_paramLogFilePath, 0, folder), JET_errSuccess);
  EXPECT(JetInit(&instance), JET_errSuccess);
  EXPECT(JetBeginSession(instance, &first, NULL, NULL), JET_errSuccess);
  EXPECT(JetDupSession(first, &second), JET_errSuccess);
  snprintf(path, sizeof path, "%s/a.edb", folder);
  EXPECT(JetCreateDatabase(first, path, NULL, &dbid, 0), JET_errSuccess);
  EXPECT(JetGetInstanceInfo(&count, &infos), JET_errSuccess);
  if (count != 1 || infos[0].cDatabases != 1) return 1;
  EXPECT(JetFreeBuffer((char*)infos), JET_errSuccess);
  EXPECT(JetCloseDatabase(first, dbid, 0), JET_errSuccess);
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
  snprintf(path, sizeof path, "%s/a.edb", folder);
  unlink(path);
  snprintf(path, sizeof path, "%s/edb.log", folder);
  unlink(path);
  return rmdir(folder) == 0 ? result : 1;
}
