// Items sorted under keys, for pages that say once what many share.
#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace esentcheck::reports {

/// Items under the key that they share, keys in order of first appearance. Keys are few; a search from the
/// end finds the usual neighbour at once.
template <typename Item>
class Groups {
 public:
  void add(const std::string& key, Item item) {
    const auto found =
        std::find_if(groups_.rbegin(), groups_.rend(), [&key](const auto& group) { return group.first == key; });
    if (found != groups_.rend()) {
      found->second.push_back(std::move(item));
    } else {
      groups_.emplace_back(key, std::vector<Item>{std::move(item)});
    }
  }

  [[nodiscard]] bool empty() const { return groups_.empty(); }
  [[nodiscard]] auto begin() const { return groups_.begin(); }
  [[nodiscard]] auto end() const { return groups_.end(); }

 private:
  std::vector<std::pair<std::string, std::vector<Item>>> groups_;
};

}  // namespace esentcheck::reports
