/// Bytes as letters, digits, `+` and `/`.
///
/// Follows RFC 4648, 4.
enum Base64 {
    private static let signs = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// How long `byteCount` bytes get.
    static func length(of byteCount: Int) -> Int { (byteCount + 2) / 3 * 4 }

    /// Appends what bytes look like; no other copy of them is made.
    static func append(_ bytes: Span<UInt8>, to output: inout OutputSpan<UInt8>) {
        var index = 0
        while index < bytes.count {
            let left = bytes.count - index
            let first = bytes[index]
            let second = left > 1 ? bytes[index + 1] : 0
            let third = left > 2 ? bytes[index + 2] : 0
            output.append(signs[Int(first >> 2)])
            output.append(signs[Int((first & 3) << 4 | second >> 4)])
            output.append(
                left > 1 ? signs[Int((second & 15) << 2 | third >> 6)] : UInt8(ascii: "="))
            output.append(left > 2 ? signs[Int(third & 63)] : UInt8(ascii: "="))
            index += 3
        }
    }
}
