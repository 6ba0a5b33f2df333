extension String {
    /// Takes text in UTF-8; `nil` where `bytes` are something else.
    ///
    /// The library's `String(validating:as:)` takes any encoding, and 14 thousand instructions before the first one.
    package init?(utf8 bytes: Span<UInt8>) {
        guard let text = try? UTF8Span(validating: bytes) else { return nil }
        self.init(copying: text)
    }
}
