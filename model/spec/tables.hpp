// The generated tables, for spec.cpp only; everybody else goes through spec.hpp.
#pragma once

#include <cstdint>
#include <span>

#include "model/spec/spec.hpp"

namespace esentcheck::spec::tables {

extern const std::span<const FunctionRow> functions;    ///< indexed by Function
extern const std::span<const CodeRow> codes;            ///< by ascending number
extern const std::span<const ParameterRow> parameters;  ///< by ascending number
extern const std::span<const BitRow> bits;              ///< in the order of bits.yaml

/// Positions in the table above, in the order of the names.
extern const std::span<const std::uint16_t> functions_by_name;
extern const std::span<const std::uint16_t> codes_by_name;
extern const std::span<const std::uint16_t> parameters_by_name;
extern const std::span<const std::uint16_t> bits_by_name;

}  // namespace esentcheck::spec::tables
