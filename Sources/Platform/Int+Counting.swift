extension Int {
    /// A number of things: `1 file`, `2 files`.
    ///
    /// - Parameters:
    ///   - noun: What one is called.
    ///   - nouns: What more are called, where an `s` is not enough.
    /// - Returns: The number and the noun.
    public func counted(_ noun: String, _ nouns: String? = nil) -> String {
        "\(self) \(self == 1 ? noun : nouns ?? noun + "s")"
    }
}
