/// A number as Python prints it after reading it from JSON, YAML or a literal.
///
/// Integers are exact at any size; everything else is a double in its shortest form (`1.50` becomes
/// `1.5`, `1e400` becomes `Infinity`), because that is what reaches the files that jupytext writes.
struct PythonNumber: CustomStringConvertible {
    let description: String

    /// - Parameter text: A number of RFC 8259, or `NaN`, `Infinity`, `-Infinity`.
    init(_ text: String) {
        let isInteger = text.utf8.allSatisfy { $0.isDigit || $0 == UInt8(ascii: "-") }
        description = isInteger ? (text == "-0" ? "0" : text) : Self.text(of: Double(text) ?? .nan)
    }

    /// Whether `text` is a number of JSON that Python would print just so.
    static func isCanonical(_ text: String) -> Bool {
        guard let first = text.utf8.first, first.isDigit || first == UInt8(ascii: "-") else {
            return false
        }
        return (try? JSONText(Array(text.utf8), indexedDepth: 0)) != nil
            && PythonNumber(text).description == text
    }

    /// `repr(value)`, with JSON's words for what is not finite.
    static func text(of value: Double) -> String {
        guard value.isFinite else {
            return value.isNaN ? "NaN" : value < 0 ? "-Infinity" : "Infinity"
        }
        // Python turns to exponents from 1e16 on, Swift from 2^54 on; both print the shortest digits.
        guard value.magnitude >= 1e16, !value.description.utf8.contains(UInt8(ascii: "e")) else {
            return value.description
        }
        var digits = value.magnitude.description.utf8.prefix { $0 != UInt8(ascii: ".") }.map(\.self)
        let exponent = digits.count - 1
        while digits.count > 1, digits.last == UInt8(ascii: "0") { digits.removeLast() }
        if digits.count > 1 { digits.insert(UInt8(ascii: "."), at: 1) }
        let sign = value < 0 ? "-" : ""
        return "\(sign)\(String(decoding: digits, as: UTF8.self))e+\(exponent)"
    }
}
