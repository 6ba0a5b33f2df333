/// Lends texts to C, each closed by a zero, for the time of one call.
///
/// - Parameters:
///   - texts: The bytes of each, none of them zero.
///   - body: Is handed one pointer for each, valid until it returns.
/// - Returns: What `body` returns.
/// - Throws: What `body` throws.
func withCStrings<Answer, Failure: Error>(
    _ texts: [[UInt8]], _ body: ([UnsafePointer<CChar>?]) throws(Failure) -> Answer
) throws(Failure) -> Answer {
    var joined: [CChar] = []
    var offsets: [Int] = []
    for text in texts {
        offsets.append(joined.count)
        joined += text.lazy.map(CChar.init(bitPattern:))
        joined.append(0)
    }
    return try joined.withUnsafeBufferPointer { buffer throws(Failure) in
        try body(offsets.map { buffer.baseAddress?.advanced(by: $0) })
    }
}
