// The class of a code, for JetGetErrorInfoW (jet-errcat-enumeration).
#pragma once

#include "engine/error_text.hpp"

namespace esent {

JET_ERRCAT error_category(JET_ERR code) noexcept;
// JET_errcatUnknown above the widest one.
JET_ERRCAT wider_category(JET_ERRCAT category) noexcept;

}  // namespace esent
