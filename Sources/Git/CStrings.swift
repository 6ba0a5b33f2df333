/// Lends texts to C, each closed by a zero, for the time of one call.
///
/// - Parameters:
///   - texts: The bytes of each, none of them zero.
///   - body: Is handed one pointer for each, valid until it returns.
/// - Returns: What `body` returns.
func withCStrings<Answer>(
    _ texts: [[UInt8]], _ body: ([UnsafePointer<CChar>?]) -> Answer
) -> Answer {
    var joined: [CChar] = []
    var offsets: [Int] = []
    for text in texts {
        offsets.append(joined.count)
        joined += text.lazy.map(CChar.init(bitPattern:))
        joined.append(0)
    }
    return joined.withUnsafeBufferPointer { buffer in
        body(offsets.map { buffer.baseAddress?.advanced(by: $0) })
    }
}
