/* A faithful toy: one instance, sixteen sessions, validated handles, a few parameters. */
#include <string.h>

#include "jet.h"

enum { limit = 16, version = 8100 };

static int is_up;
static JET_SESID sessions[limit];
static JET_SESID next_session = 0x1000;
static JET_API_PTR number_set;
static char text_set[64] = "base";

static JET_SESID* find(JET_SESID session) {
  for (int i = 0; i < limit; ++i) {
    if (sessions[i] == session) return &sessions[i];
  }
  return NULL;
}

static JET_ERR begin(JET_SESID* out) {
  JET_SESID* slot = find(0);
  if (out == NULL) return JET_errInvalidParameter;
  if (slot == NULL) return JET_errOutOfSessions;
  *out = *slot = next_session += 16;
  return JET_errSuccess;
}

EXPORT JET_ERR JetCreateInstance(JET_INSTANCE* instance, const char* name) {
  (void)name;
  *instance = 0x77;
  return JET_errSuccess;
}

EXPORT JET_ERR JetInit(JET_INSTANCE* instance) {
  is_up = instance == NULL || *instance == 0x77;
  return is_up ? JET_errSuccess : JET_errInvalidParameter;
}

EXPORT JET_ERR JetTerm2(JET_INSTANCE instance, JET_GRBIT grbit) {
  (void)grbit;
  if (instance != 0x77 || !is_up) return JET_errNotInitialized;
  is_up = 0;
  memset(sessions, 0, sizeof sessions);
  return JET_errSuccess;
}

EXPORT JET_ERR JetBeginSession(JET_INSTANCE instance, JET_SESID* session, const char* user, const char* password) {
  (void)instance, (void)user, (void)password;
  return is_up ? begin(session) : JET_errNotInitialized;
}

EXPORT JET_ERR JetDupSession(JET_SESID session, JET_SESID* out) {
  if (!is_up) return JET_errNotInitialized;
  if (session == 0 || find(session) == NULL) return JET_errInvalidSesid;
  return begin(out);
}

EXPORT JET_ERR JetEndSession(JET_SESID session, JET_GRBIT grbit) {
  (void)grbit;
  JET_SESID* slot = session == 0 ? NULL : find(session);
  if (slot == NULL) return JET_errInvalidSesid;
  *slot = 0;
  return JET_errSuccess;
}

EXPORT JET_ERR JetGetVersion(JET_SESID session, uint32_t* out) {
  if (session == 0 || find(session) == NULL) return JET_errInvalidSesid;
  *out = version;
  return JET_errSuccess;
}

EXPORT JET_ERR JetSetSystemParameter(JET_INSTANCE* instance, JET_SESID session, uint32_t parameter, JET_API_PTR number,
                                     const char* text) {
  (void)instance, (void)session, (void)parameter;
  number_set = number;
  if (text != NULL) strncpy(text_set, text, sizeof text_set - 1);
  return JET_errSuccess;
}

/* Parameter 70 reads the number that is asked about and writes only a text, as JET_paramErrorToString does. */
EXPORT JET_ERR JetGetSystemParameter(JET_INSTANCE instance, JET_SESID session, uint32_t parameter, JET_API_PTR* number,
                                     char* text, uint32_t size) {
  (void)instance, (void)session;
  if (parameter == 70) {
    if (*number != 5) return JET_errInvalidParameter;
    strncpy(text, "five", size);
    return JET_errSuccess;
  }
  if (number != NULL) *number = number_set;
  if (text != NULL && size > strlen(text_set)) strcpy(text, text_set);
  return JET_errSuccess;
}

EXPORT JET_ERR JetEnableMultiInstance(JET_SETSYSPARAM* settings, uint32_t count, uint32_t* succeeded) {
  number_set = 0;
  for (uint32_t i = 0; i < count; ++i) {
    if (settings[i].sz != NULL) strncpy(text_set, settings[i].sz, sizeof text_set - 1);
    number_set += settings[i].paramid * 1000 + settings[i].lParam;
  }
  *succeeded = count;
  return JET_errSuccess;
}
