/* An application: an instance, two sessions, and no file left behind in its own folder. */
#include <esent.h>
#include <stdio.h>

static int failed(const char* call, JET_ERR code) {
  if (code >= JET_errSuccess) return 0;
  printf("%s returned %d\n", call, (int)code);
  return 1;
}

int main(void) {
  JET_INSTANCE instance = JET_instanceNil;
  JET_SESID session = JET_sesidNil;
  JET_SESID twin = JET_sesidNil;
  if (failed("JetCreateInstance", JetCreateInstance(&instance, "consumer"))) return 1;
  if (failed("JET_paramCreatePathIfNotExist",
             JetSetSystemParameter(&instance, 0, JET_paramCreatePathIfNotExist, 1, NULL)))
    return 1;
  if (failed("JET_paramSystemPath", JetSetSystemParameter(&instance, 0, JET_paramSystemPath, 0, "engine/"))) return 1;
  if (failed("JET_paramLogFilePath", JetSetSystemParameter(&instance, 0, JET_paramLogFilePath, 0, "engine/"))) return 1;
  if (failed("JET_paramTempPath", JetSetSystemParameter(&instance, 0, JET_paramTempPath, 0, "engine/"))) return 1;
  if (failed("JetInit", JetInit(&instance))) return 1;
  if (failed("JetBeginSession", JetBeginSession(instance, &session, NULL, NULL))) return 1;
  if (failed("JetDupSession", JetDupSession(session, &twin))) return 1;
  if (failed("JetEndSession", JetEndSession(twin, 0))) return 1;
  if (failed("JetEndSession", JetEndSession(session, 0))) return 1;
  if (JetEndSession(session, 0) != JET_errInvalidSesid) return 1;
  return failed("JetTerm", JetTerm(instance));
}
