#include "harness/check/c_program.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "harness/check/words.hpp"
#include "harness/subject/marshalling.hpp"

namespace esentcheck::check {
namespace {

using plan::Plan;
using plan::Step;
using plan::Symbol;
using plan::SymbolKind;
using reports::FindingKind;
using spec::ArgumentType;
using subject::Observation;

bool shows_itself(FindingKind kind) {
  using enum FindingKind;
  return kind == wrong_code || kind == wrong_value || kind == usable_handle || kind == duplicate_handle ||
         kind == crash || kind == hang;
}

bool is_plain(const Step& step) {
  return step.kind == plan::StepKind::call && step.until == plan::Until::returned && !step.fault.any() && !step.racing;
}

std::string in_quotes(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\')
      result += fmt::format("\\{}", c);
    else if (byte < 0x20 || byte >= 0x7f)
      result += fmt::format("\\{:03o}", byte);
    else
      result += c;
  }
  return result + '"';
}

/// What a comment may hold.
std::string in_comment(std::string text) {
  for (std::size_t at = 0; (at = text.find("*/", at)) != std::string::npos;) text.replace(at, 2, "* /");
  return text;
}

std::string number(std::uint64_t value) {
  constexpr std::uint64_t readable = 100'000;
  return value < readable ? fmt::format("{}", value) : fmt::format("0x{:x}u", value);
}

/// The C type of what stands behind an out-pointer.
std::string_view type_behind(model::Function function, std::size_t position) {
  const spec::ArgumentRow& row = spec::row(function).arguments[position];
  switch (row.type) {
    case ArgumentType::session_out: return "JET_SESID";
    case ArgumentType::instance_out:
    case ArgumentType::instance_inout: return "JET_INSTANCE";
    case ArgumentType::database_out: return "JET_DBID";
    case ArgumentType::instance_list: return "JET_INSTANCE_INFO*";
    default: break;
  }
  for (const subject::abi::Signature& signature : subject::abi::signatures)
    if (signature.function == function && signature.out_width[position] == sizeof(std::uint32_t)) return "uint32_t";
  return "JET_API_PTR";
}

class Program {
 public:
  Program(const Sequence& sequence, std::string_view title)
      : sequence_(sequence), plan_(sequence.plan), title_(title) {}

  std::string text() {
    declare_variables();
    const std::string body = several_threads() ? parts() : steps(0, plan_.steps.size(), "  ");
    std::string text = head();
    for (const auto& [code, name] : callbacks_)
      text += fmt::format(
          "\nstatic JET_ERR {}(JET_SESID sesid, JET_SNP snp, JET_SNT snt, void* pv) {{\n"
          "  (void)sesid, (void)snp, (void)snt, (void)pv;\n  return {};\n}}\n",
          name, name_of(static_cast<std::int32_t>(code)));
    if (several_threads()) text += thread_helper + functions_;
    if (exits()) text += "\nstatic void left(void) {\n  _Exit(1);\n}\n";
    text += "\nint main(void) {\n";
    for (const std::string& directory : plan_.directories)
      text += fmt::format("  mkdir({}, 0777);\n", in_quotes(directory));
    return text + body + "  return shown;\n}\n";
  }

 private:
  static constexpr const char* thread_helper = R"(
/* Threads that do one part after the other, when they are told to. */
struct worker {
  pthread_t thread;
  sem_t go, done;
  void (*part)(void);
  int started;
};

static void* work(void* argument) {
  struct worker* self = argument;
  for (;;) {
    sem_wait(&self->go);
    if (self->part == NULL) return NULL;
    self->part();
    sem_post(&self->done);
  }
}

static void on(struct worker* self, void (*part)(void)) {
  if (!self->started) {
    sem_init(&self->go, 0, 0);
    sem_init(&self->done, 0, 0);
    self->started = 1;
    pthread_create(&self->thread, NULL, work, self);
  }
  self->part = part;
  sem_post(&self->go);
  sem_wait(&self->done);
}
)";

  bool several_threads() const {
    return std::ranges::any_of(plan_.steps, [](const Step& step) { return step.thread != 0; });
  }

  /// Whether the deviating call ends the process in order.
  bool exits() const { return sequence_.deviation->kind == FindingKind::crash && sequence_.seen.back().code < 0; }

  std::string head() const {
    std::string text = fmt::format("/* {}\n", in_comment(std::string(title_)));
    for (const std::string& allowed : spell(sequence_.deviation->function, sequence_.deviation->allowed))
      text += fmt::format(" * Allowed: {}\n", in_comment(allowed));
    text +=
        " *\n * cc -I FOLDER_OF_ESENT_H THIS.c LIBRARY -pthread, and run it in an empty folder. It exits with 1 where "
        "it\n"
        " * shows what the comment above says, with 0 where it does not, and with 2 where the calls before go "
        "otherwise. */\n"
        "#include <stdint.h>\n#include <stdio.h>\n#include <stdlib.h>\n#include <string.h>\n#include <sys/stat.h>\n";
    if (several_threads()) text += "#include <pthread.h>\n#include <semaphore.h>\n";
    text += "\n#include \"esent.h\"\n\n";
    for (const auto& [variable, type] : types_) text += fmt::format("static {} {};\n", type, plan_.variables[variable]);
    for (const auto& [name, size] : buffers_) text += fmt::format("static char {}[{}];\n", name, size);
    return text +
           "static int shown;\n\n"
           "static JET_ERR say(const char* call, JET_ERR err) {\n"
           "  printf(\"%s: %d\\n\", call, (int)err);\n  fflush(stdout);\n  return err;\n}\n\n"
           "static inline void expect(JET_ERR err, JET_ERR usual) {\n"
           "  if (err == usual) return;\n  printf(\"it was %d when this was found\\n\", (int)usual);\n  _Exit(2);\n}\n";
  }

  /// A variable has the type of what is first written to it.
  void declare_variables() {
    for (const Step& step : plan_.steps)
      for (std::size_t i = 0; i < spec::row(step.function).arguments.size(); ++i)
        if (step.arguments[i].kind == SymbolKind::address)
          types_.emplace(static_cast<plan::Variable>(step.arguments[i].number), type_behind(step.function, i));
    for (const Step& step : plan_.steps)
      for (const Symbol& symbol : step.arguments)
        if (symbol.kind == SymbolKind::value) types_.emplace(static_cast<plan::Variable>(symbol.number), "JET_API_PTR");
  }

  /// Each thread's steps that follow each other, as a function of their own; and the calls of these.
  std::string parts() {
    std::string calls;
    std::set<plan::Thread> declared;
    for (std::size_t begin = 0, part = 1; begin < plan_.steps.size(); ++part) {
      const plan::Thread thread = plan_.steps[begin].thread;
      std::size_t end = begin;
      while (end < plan_.steps.size() && plan_.steps[end].thread == thread) ++end;
      if (thread != 0 && declared.insert(thread).second)
        functions_ += fmt::format("\nstatic struct worker thread_{};\n", plan_.threads[thread]);
      functions_ += fmt::format("\nstatic void part_{}(void) {{\n{}}}\n", part, steps(begin, end, "  "));
      calls += thread == 0 ? fmt::format("  part_{}();\n", part)
                           : fmt::format("  on(&thread_{}, part_{});\n", plan_.threads[thread], part);
      begin = end;
    }
    return calls;
  }

  std::string steps(std::size_t begin, std::size_t end, std::string_view indent) {
    std::string text;
    for (std::size_t i = begin; i < end; ++i) {
      if (i + 1 == plan_.steps.size())
        text += last_step(plan_.steps[i]);
      else
        text += fmt::format("{}expect({}, {});\n", indent, call(plan_.steps[i], i), sequence_.seen[i].code);
    }
    return text;
  }

  std::string call(const Step& step, std::size_t index) {
    const spec::FunctionRow& row = spec::row(step.function);
    std::string arguments;
    for (std::size_t i = 0; i < row.arguments.size(); ++i) arguments += (i == 0 ? "" : ", ") + argument(step, i, index);
    Step own = step;
    own.thread = 0;
    return fmt::format("say({}, {}({}))", in_quotes(plan::spell(plan_, own)), row.name, arguments);
  }

  std::string argument(const Step& step, std::size_t position, std::size_t index) {
    const spec::ArgumentRow& row = spec::row(step.function).arguments[position];
    const Symbol& symbol = step.arguments[position];
    switch (symbol.kind) {
      case SymbolKind::absent:
      case SymbolKind::null: return "0";
      case SymbolKind::nil: return row.type == ArgumentType::database ? "JET_dbidNil" : "JET_sesidNil";
      case SymbolKind::number: return number(symbol.number);
      case SymbolKind::value: {
        const std::string& name = plan_.variables[symbol.number];
        return row.type == ArgumentType::engine_memory ? fmt::format("(char*){}", name) : name;
      }
      case SymbolKind::address: {
        const std::string_view type = type_behind(step.function, position);
        const auto variable = static_cast<plan::Variable>(symbol.number);
        const std::string cast = types_.at(variable) == type ? "" : fmt::format("({}*)", type);
        return fmt::format("{}&{}", cast, plan_.variables[variable]);
      }
      case SymbolKind::garbage: {
        const std::uint64_t handle = subject::garbage_handle(symbol.number);
        return row.type == ArgumentType::database ? fmt::format("0x{:x}u", static_cast<std::uint32_t>(handle))
                                                  : fmt::format("0x{:x}u", handle);
      }
      case SymbolKind::text: return in_quotes(plan_.text_at(symbol.number));
      case SymbolKind::callback: return callback(symbol);
      case SymbolKind::restart_info:
        return fmt::format("&(JET_RSTINFO){{.cbStruct = sizeof(JET_RSTINFO), .pfnStatus = {}}}", callback(symbol));
      case SymbolKind::parameter_list: return list(symbol);
      case SymbolKind::buffer: return buffer(symbol, index);
      case SymbolKind::memory: return memory(symbol);
    }
    return "0";
  }

  std::string callback(const Symbol& symbol) {
    const auto code = static_cast<spec::Code>(static_cast<std::int32_t>(symbol.number));
    return callbacks_.emplace(code, fmt::format("status_{}", callbacks_.size() + 1)).first->second;
  }

  std::string list(const Symbol& symbol) const {
    std::string text = "(JET_SETSYSPARAM[]){";
    for (std::uint64_t i = symbol.number; i < symbol.number + symbol.count; ++i) {
      const plan::Setting& setting = plan_.settings[i];
      text += fmt::format("{}{{.paramid = {}", i == symbol.number ? "" : ", ", setting.parameter);
      if (setting.number.kind == SymbolKind::number)
        text += fmt::format(", .lParam = {}", number(setting.number.number));
      if (setting.text.kind == SymbolKind::text) text += ", .sz = " + in_quotes(plan_.text_at(setting.text.number));
      text += '}';
    }
    return symbol.count == 0 ? "0" : text + '}';
  }

  std::string buffer(const Symbol& symbol, std::size_t index) {
    std::string name = fmt::format("buffer_{}", index + 1);
    buffers_[name] = std::max<std::uint64_t>(symbol.number, 1);
    return name;
  }

  static std::string memory(const Symbol& symbol) {
    std::string text = "(unsigned char[]){";
    for (std::uint32_t i = 0; i < std::max(symbol.count, 1U); ++i)
      text += fmt::format("{}{}", i == 0 ? "" : ", ", i < 8 ? (symbol.number >> (8 * i)) & 0xff : 0);
    return text + '}';
  }

  /// The deviating one, and what it shows.
  std::string last_step(const Step& step) {
    const Observation& seen = sequence_.seen.back();
    const int position = output_position(step.function);
    std::string out;
    if (position >= 0 && step.arguments[static_cast<std::size_t>(position)].kind == SymbolKind::address)
      out = plan_.variables[step.arguments[static_cast<std::size_t>(position)].number];
    std::string text;
    if (!out.empty()) text += fmt::format("  const uint64_t before = (uint64_t){};\n", out);
    if (exits()) text += "  atexit(left);\n";
    text += fmt::format("  const JET_ERR err = {};\n", call(step, plan_.steps.size() - 1));
    if (exits()) text += "  _Exit(0);\n";
    text += fmt::format("  shown = {};\n", evidence(step, seen, out));
    if (!out.empty()) text += "  (void)before;\n";
    return text + "  (void)err;\n";
  }

  std::string evidence(const Step& step, const Observation& seen, const std::string& out) const {
    const Deviation& deviation = *sequence_.deviation;
    const std::string same_code = fmt::format("err == {}", seen.code);
    switch (deviation.kind) {
      case FindingKind::wrong_code: {
        std::string text;
        for (const model::Outcome& outcome : deviation.allowed.all())
          text += fmt::format("{}err != {}", text.empty() ? "" : " && ", static_cast<std::int32_t>(outcome.code));
        return text.empty() ? same_code : text;
      }
      case FindingKind::usable_handle: return usable_handle(step, out);
      case FindingKind::duplicate_handle: return same_handle(step, out);
      case FindingKind::wrong_value:
        if (seen.has_number) return fmt::format("{} && {}", same_code, same_number(step, seen));
        return out.empty() ? same_code : fmt::format("{} && (uint64_t){} == {}", same_code, out, number(seen.out));
      default: return "0";  // Whoever gets so far has not seen it.
    }
  }

  static std::string usable_handle(const Step& step, const std::string& out) {
    const auto position = static_cast<std::size_t>(output_position(step.function));
    const bool database = type_behind(step.function, position) == "JET_DBID";
    return fmt::format("err < 0 && {0} != 0 && (uint64_t){0} != before && {0} != {1}", out,
                       database ? "JET_dbidNil" : "JET_sesidNil");
  }

  /// Whether another variable holds the handle, too.
  std::string same_handle(const Step& step, const std::string& out) const {
    std::string text;
    for (const auto& [variable, type] : types_) {
      const std::string& name = plan_.variables[variable];
      if (name != out && type == type_behind(step.function, static_cast<std::size_t>(output_position(step.function))))
        text += fmt::format("{}{} == {}", text.empty() ? "" : " || ", out, name);
    }
    return text.empty() ? fmt::format("(uint64_t){} == before", out) : text;
  }

  /// Whether the buffer of the last call holds the number that was seen.
  std::string same_number(const Step& step, const Observation& seen) const {
    for (const Symbol& symbol : step.arguments) {
      if (symbol.kind != SymbolKind::buffer) continue;
      const plan::Reading reading = plan::reading_in(symbol.count);
      return fmt::format("memcmp(buffer_{} + {}, &(uint64_t){{{}}}, {}) == 0", plan_.steps.size(), reading.at,
                         number(seen.number), reading.bytes);
    }
    return "1";
  }

  const Sequence& sequence_;
  const Plan& plan_;
  std::string_view title_;
  std::map<plan::Variable, std::string_view> types_;
  std::map<spec::Code, std::string> callbacks_;
  std::map<std::string, std::uint64_t> buffers_;
  std::string functions_;
};

}  // namespace

std::optional<std::string> c_program(const Sequence& sequence, std::string_view title) {
  if (!sequence.deviation || sequence.plan.steps.empty() || !shows_itself(sequence.deviation->kind) ||
      !std::ranges::all_of(sequence.plan.steps, is_plain))
    return std::nullopt;
  return Program(sequence, title).text();
}

}  // namespace esentcheck::check
