// Tells the application how a long call goes, through its status callback, if it gave one.
#pragma once

#include "esent.h"

namespace esent {

class Status {
 public:
  Status(JET_PFNSTATUS callback, JET_SESID sesid, JET_SNP about) noexcept
      : callback_(callback), sesid_(sesid), about_(about) {}

  // Each gives the application's negative answer, which stops the call, or JET_errSuccess.
  JET_ERR begin() noexcept { return tell(JET_sntBegin, nullptr); }
  JET_ERR progress(std::size_t done, std::size_t total) noexcept {
    JET_SNPROG units{sizeof(JET_SNPROG), static_cast<std::uint32_t>(done), static_cast<std::uint32_t>(total)};
    return tell(JET_sntProgress, &units);
  }
  JET_ERR complete() noexcept { return tell(JET_sntComplete, nullptr); }
  // After a failure that was not the application's own answer.
  void fail() noexcept {
    if (!refused_ && began_) tell(JET_sntFail, nullptr);
  }

 private:
  JET_ERR tell(JET_SNT when, void* data) noexcept {
    began_ = true;
    if (callback_ == nullptr) return JET_errSuccess;
    const JET_ERR answer = callback_(sesid_, about_, when, data);
    if (answer >= 0) return JET_errSuccess;
    refused_ = true;
    return answer;
  }

  JET_PFNSTATUS callback_;
  JET_SESID sesid_;
  JET_SNP about_;
  bool began_ = false;
  bool refused_ = false;
};

}  // namespace esent
