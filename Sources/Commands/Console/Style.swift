/// Colours for a terminal; every meaning is also in the words.
struct Style {
    let isEnabled: Bool

    enum Role: String {
        case error = "31;1"
        case hint = "36"
        case note = "33"
        case strong = "1"
    }

    func text(_ text: String, _ role: Role) -> String {
        isEnabled ? "\u{1B}[\(role.rawValue)m\(text)\u{1B}[0m" : text
    }
}
