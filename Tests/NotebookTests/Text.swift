extension [UInt8] {
    /// The bytes as text, for comparisons that a person can read.
    var text: String { String(decoding: self, as: UTF8.self) }
}
