extension Int {
    /// A number of things: `1 file`, `2 files`.
    func counted(_ noun: String, _ nouns: String? = nil) -> String {
        "\(self) \(self == 1 ? noun : nouns ?? noun + "s")"
    }
}
