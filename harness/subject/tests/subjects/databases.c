/* Answers with what it was given, through each kind of argument that the database and information calls have. */
#include <stdlib.h>
#include <string.h>

#include "jet.h"

typedef uint32_t JET_DBID;

typedef struct {
  JET_INSTANCE hInstanceId;
  char* szInstanceName;
  JET_API_PTR cDatabases;
  char** szDatabaseFileName;
  char** szDatabaseDisplayName;
  char** szDatabaseSLVFileName_Obsolete;
} JET_INSTANCE_INFO;

enum { JET_errInvalidDatabaseId = -1010, JET_errTransTooDeep = -1103, nil = -1 };

static JET_DBID last_database = 6;
static uint32_t parameter;
static void* given_out;

EXPORT JET_ERR JetOpenDatabase(JET_SESID session, const char* file, const char* connect, JET_DBID* out,
                               JET_GRBIT grbit) {
  (void)session, (void)connect, (void)grbit;
  *out = file == NULL ? (JET_DBID)nil : ++last_database;
  return file == NULL ? JET_errInvalidParameter : JET_errSuccess;
}

/* Whatever is not the last id comes back as the code. */
EXPORT JET_ERR JetCloseDatabase(JET_SESID session, JET_DBID database, JET_GRBIT grbit) {
  (void)session, (void)grbit;
  return database == last_database ? JET_errSuccess : (JET_ERR)database;
}

EXPORT JET_ERR JetGetDatabaseInfo(JET_SESID session, JET_DBID database, void* result, uint32_t size, uint32_t level) {
  static const uint16_t wide[] = {'a', 0xe9, 0x20ac, 0};
  (void)session, (void)database;
  if (result == NULL || size < 8) return JET_errInvalidParameter;
  if (level == 0) memcpy(result, "a.edb", 6);
  if (level == 1) memcpy(result, wide, sizeof wide);
  if (level == 7) memcpy((char*)result + 4, &level, 4);
  return JET_errSuccess;
}

EXPORT JET_ERR JetSetSessionParameter(JET_SESID session, uint32_t id, void* value, uint32_t size) {
  (void)session, (void)id;
  uint32_t sum = 0;
  for (uint32_t i = 0; i < size; ++i) sum += ((unsigned char*)value)[i];
  parameter = sum;
  return JET_errSuccess;
}

EXPORT JET_ERR JetGetSessionParameter(JET_SESID session, uint32_t id, void* value, uint32_t size, uint32_t* actual) {
  (void)session, (void)id;
  if (actual != NULL) *actual = sizeof parameter;
  if (size < sizeof parameter) return JET_errInvalidParameter;
  memcpy(value, &parameter, sizeof parameter);
  return JET_errSuccess;
}

/* The code is the upper half of the tag, so that both halves are seen to arrive. */
EXPORT JET_ERR JetBeginTransaction3(JET_SESID session, int64_t tag, JET_GRBIT grbit) {
  (void)session, (void)grbit;
  return tag < 0 ? JET_errTransTooDeep : (JET_ERR)(tag >> 32);
}

EXPORT JET_ERR JetGetErrorInfoW(void* context, void* result, uint32_t size, uint32_t level, JET_GRBIT grbit) {
  (void)level, (void)grbit;
  if (context == NULL || result == NULL || size < 152) return JET_errInvalidParameter;
  memset(result, 0, 152);
  memcpy((char*)result + 4, context, 4);
  return JET_errSuccess;
}

/* One block: two instances behind each other, then their names. */
EXPORT JET_ERR JetGetInstanceInfo(uint32_t* count, JET_INSTANCE_INFO** list) {
  static char* files[] = {"C:\\there\\b.edb", "here/a.edb"};
  if (count == NULL || list == NULL) return JET_errInvalidParameter;
  JET_INSTANCE_INFO* made = calloc(2, sizeof *made);
  made[0] = (JET_INSTANCE_INFO){1, "two", 2, files, files, NULL};
  made[1] = (JET_INSTANCE_INFO){2, NULL, 0, NULL, NULL, NULL};
  given_out = made;
  *list = made;
  *count = 2;
  return JET_errSuccess;
}

EXPORT JET_ERR JetFreeBuffer(char* memory) {
  if (memory == NULL) return JET_errSuccess;
  if (memory != given_out) return JET_errInvalidParameter;
  free(memory);
  given_out = NULL;
  return JET_errSuccess;
}
