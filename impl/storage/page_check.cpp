#include "storage/page_check.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string_view>

namespace esent {
namespace {

// The format of LMDB 0.9's data files (version 1), on a machine with 64 bits.
constexpr std::uint32_t meta_magic = 0xBEEFC0DE;
constexpr std::uint32_t meta_version = 1;
constexpr std::uint64_t no_page = ~std::uint64_t{0};
constexpr std::uint64_t meta_count = 2;
// 2147483646 pages of 8192 bytes are the most that a database is ever given.
constexpr std::uint64_t map_bytes_max = std::uint64_t{1} << 44;

struct PageHeader {
  std::uint64_t number;
  std::uint16_t pad;
  std::uint16_t flags;
  std::uint16_t lower;  // of an overflow page the two are one count of pages
  std::uint16_t upper;
};
constexpr std::uint16_t branch_page = 1, leaf_page = 2, overflow_page = 4, meta_page = 8;
constexpr std::uint16_t dirty_page = 0x10;  // left over from when the page was written

struct Tree {
  std::uint32_t page_size;  // in the tree of free pages only
  std::uint16_t flags;
  std::uint16_t depth;
  std::uint64_t branch_pages, leaf_pages, overflow_pages, entries, root;
};
static_assert(sizeof(Tree) == 48);

struct Meta {
  std::uint32_t magic;
  std::uint32_t version;
  std::uint64_t address;
  std::uint64_t map_size;
  Tree trees[2];
  std::uint64_t last_page;
  std::uint64_t transaction;
};

struct Node {
  std::uint16_t low, high, flags, key_size;
};
constexpr std::uint16_t big_data = 1, sub_tree = 2;
constexpr std::uint16_t other_order = 2 | 8;  // of a tree: its keys are read backwards, or are numbers

template <class T>
T read(const std::byte* from) {
  T value;
  std::memcpy(&value, from, sizeof value);
  return value;
}

class Check {
 public:
  Check(const File& file, std::string_view index) : file_(file), index_(index) {}

  PageCheck run() {
    if (!choose_meta()) return result_;
    visited_.resize(static_cast<std::size_t>(meta_.last_page) + 1);
    for (const Tree& tree : meta_.trees) {
      if (!visit(tree, Health::damaged)) break;
    }
    return result_;
  }

 private:
  bool fail(Health health) {
    if (result_.health == Health::good || health == Health::damaged) result_.health = health;
    return false;
  }

  bool read_page(std::uint64_t number, std::span<std::byte> page, Health health) {
    result_.error = file_.read_at(number * page.size(), page);
    if (result_.error == ENODATA) {
      result_.error = 0;
      return fail(health);
    }
    return result_.error == 0;
  }

  // Both copies of the head of the file carry the magic; the one with the later transaction counts.
  bool choose_meta() {
    page_size_ = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    Bytes page(page_size_);
    for (std::uint64_t copy = 0; copy < meta_count; ++copy) {
      if (!read_page(copy, page, Health::not_a_database)) return false;
      const auto header = read<PageHeader>(page.data());
      const auto meta = read<Meta>(page.data() + sizeof header);
      const bool good = (header.flags & meta_page) != 0 && meta.magic == meta_magic && meta.version == meta_version;
      if (!good) return fail(Health::not_a_database);
      if (copy == 0 || meta.transaction > meta_.transaction) meta_ = meta;
    }
    std::uint64_t bytes = 0;
    result_.error = file_.size(bytes);
    if (result_.error != 0) return false;
    // The last page may never have been written, if it was freed at once; but not many of them.
    const bool good = meta_.map_size <= map_bytes_max && meta_.trees[0].page_size == page_size_ &&
                      meta_.last_page >= meta_count - 1 && meta_.last_page <= bytes / page_size_ + 1024;
    return good || fail(Health::damaged);
  }

  bool visit(const Tree& tree, Health health) {
    if (tree.root == no_page) return tree.entries == 0 || fail(health);
    return visit(tree.root, tree.depth, (tree.flags & other_order) == 0, health);
  }

  bool visit(std::uint64_t number, unsigned levels, bool sorted, Health health) {
    if (levels == 0 || levels > 32 || !mark(number)) return fail(health);
    Bytes page(page_size_);
    if (!read_page(number, page, health)) return false;
    const auto header = read<PageHeader>(page.data());
    const bool leaf = levels == 1;
    const bool good = header.number == number && (header.flags & ~dirty_page) == (leaf ? leaf_page : branch_page) &&
                      header.lower >= sizeof header && header.lower % 2 == 0 && header.lower <= header.upper &&
                      header.upper <= page_size_;
    if (!good) return fail(health);
    std::string_view last_key;
    for (std::size_t at = sizeof header; at < header.lower; at += 2) {
      const std::size_t offset = read<std::uint16_t>(page.data() + at);
      if (offset < header.upper || !fits(offset, sizeof(Node))) return fail(health);
      const auto node = read<Node>(page.data() + offset);
      if (!fits(offset, sizeof node + node.key_size)) return fail(health);
      const std::string_view key(reinterpret_cast<const char*>(page.data() + offset + sizeof node), node.key_size);
      // The first key of a branch is not looked at.
      const bool first = at == sizeof header;
      if (sorted && !first && (leaf || at != sizeof header + 2) && key <= last_key) return fail(health);
      last_key = key;
      const bool well = leaf ? visit_leaf(page, offset, node, health) : visit_child(node, levels, sorted, health);
      if (!well) return false;
    }
    return true;
  }

  bool visit_child(const Node& node, unsigned levels, bool sorted, Health health) {
    const std::uint64_t child = node.low | std::uint64_t{node.high} << 16 | std::uint64_t{node.flags} << 32;
    return visit(child, levels - 1, sorted, health);
  }

  bool visit_leaf(const Bytes& page, std::size_t offset, const Node& node, Health health) {
    const std::size_t size = node.low | std::size_t{node.high} << 16;
    const std::size_t data = offset + sizeof node + node.key_size;
    if ((node.flags & big_data) != 0) {
      return fits(data, 8) ? visit_overflow(read<std::uint64_t>(page.data() + data), size, health) : fail(health);
    }
    if (!fits(data, size)) return fail(health);
    if ((node.flags & sub_tree) == 0) return true;
    if (size != sizeof(Tree)) return fail(health);
    const std::string_view name(reinterpret_cast<const char*>(page.data() + offset + sizeof node), node.key_size);
    const auto tree = read<Tree>(page.data() + data);
    if (name != index_) return visit(tree, Health::damaged);
    // The rest is worth a look even if the index is not.
    return visit(tree, Health::index_damaged) || (result_.error == 0 && result_.health == Health::index_damaged);
  }

  bool visit_overflow(std::uint64_t number, std::size_t bytes, Health health) {
    Bytes page(page_size_);
    if (!mark(number)) return fail(health);
    if (!read_page(number, page, health)) return false;
    const auto header = read<PageHeader>(page.data());
    const std::uint64_t pages = header.lower | std::uint64_t{header.upper} << 16;
    const bool good = header.number == number && (header.flags & ~dirty_page) == overflow_page &&
                      sizeof header + bytes <= pages * page_size_ && number + pages - 1 <= meta_.last_page;
    return good || fail(health);
  }

  bool mark(std::uint64_t number) {
    if (number < meta_count || number > meta_.last_page || visited_[static_cast<std::size_t>(number)]) return false;
    visited_[static_cast<std::size_t>(number)] = true;
    return true;
  }

  bool fits(std::size_t offset, std::size_t size) const { return offset <= page_size_ && size <= page_size_ - offset; }

  const File& file_;
  const std::string_view index_;
  std::size_t page_size_ = 0;
  Meta meta_{};
  std::vector<bool> visited_;
  PageCheck result_;
};

}  // namespace

PageCheck check_pages(const File& file, const char* index) { return Check(file, index).run(); }

}  // namespace esent
