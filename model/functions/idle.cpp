// JetIdle: a session lends its time to what the engine would do sooner or later. Defunct, by its own page.
#include "model/functions/function_model.hpp"
#include "model/functions/gates.hpp"

namespace esentcheck::model {
namespace {

using namespace gates;
namespace bit = spec::bit;

std::uint64_t idle_bits(const Context& c) { return c.call[1].number & 0xffffffff; }

constexpr std::uint64_t documented_bits = bit::IdleFlushBuffers | bit::IdleCompact | bit::IdleStatus;
constexpr std::uint64_t compact_async = 0x10;  ///< of the header only

Holds flushes(const Context& c) { return must_if((idle_bits(c) & bit::IdleFlushBuffers) != 0); }
Holds unknown_bits(const Context& c) { return must_if((idle_bits(c) & ~documented_bits) != 0); }

constexpr std::string_view two_codes =
    "the table says InvalidParameter of a bad grbit, the options say InvalidGrbit of this bit: both are allowed";

constexpr auto idle_clauses = join(
    outside_table(session_gate),
    clauses({
        {.code = Code::errInvalidGrbit, .guard = flushes, .basis = Basis::prose, .name = "Flush", .reason = two_codes},
        {.code = Code::errInvalidParameter,
         .guard = flushes,
         .readings = documented_only,
         .name = "Flush",
         .reason = two_codes},
        {.code = Code::errInvalidParameter,
         .guard = unknown_bits,
         .readings = documented_only,
         .name = "Unknown",
         .reason = "the engine drops unknown bits"},
        {.code = Code::errInvalidGrbit,
         .guard = unknown_bits,
         .readings = documented_only,
         .basis = Basis::silent,
         .name = "Unknown",
         .reason = "what other pages give for an unknown bit"},
        {.code = Code::errInvalidGrbit,
         .guard =
             [](const Context& c) {
               return must_if((idle_bits(c) & compact_async) != 0 &&
                              (idle_bits(c) & (bit::IdleCompact | bit::IdleStatus)) == 0);
             },
         .readings = engine_only,
         .basis = Basis::engine,
         .name = "CompactAsync",
         .reason = "a bit of the header that only goes with JET_bitIdleCompact"},
        {.code = Code::wrnIdleFull,
         .guard = [](const Context& c) { return may_if((idle_bits(c) & bit::IdleStatus) != 0); },
         .basis = Basis::prose,
         .reason = "how full the version store is, the world does not say"},
        {.code = Code::wrnNoIdleActivity,
         .guard =
             [](const Context& c) {
               const bool works = (idle_bits(c) & bit::IdleCompact) != 0 || idle_bits(c) == 0;
               const bool nothing_asked = works && (idle_bits(c) & bit::IdleStatus) == 0;
               return c.profile.reading == Reading::documented ? may_if(nothing_asked) : must_if(nothing_asked);
             },
         .basis = Basis::engine,
         .reason = "the engine gives this warning whenever it has cleaned up, whatever it found"},
        failing_environment[0],
        failing_environment[1],
        failing_environment[2],
        failing_environment[3],
        {.code = Code::errSuccess, .guard = nullptr},
    }));

}  // namespace

std::span<const FunctionModel> idle_functions() {
  static constexpr std::array functions{FunctionModel{Function::JetIdle, Addressing::session,
                                                      &evaluate<Addressing::session, idle_clauses>, idle_clauses}};
  return functions;
}

}  // namespace esentcheck::model
