/// Colours for a terminal; every meaning is also in the words.
struct Style {
    let isEnabled: Bool

    enum Role: String {
        case error = "31;1"
        case hint = "36"
        case note = "33"
        case strong = "1"
        case added = "32"
        case removed = "31"
        case place = "36;2"
    }

    func text(_ text: String, _ role: Role) -> String {
        isEnabled ? opening(role) + text + closing : text
    }

    func opening(_ role: Role) -> String { "\u{1B}[\(role.rawValue)m" }

    /// What goes around words that stand out in a coloured line.
    static let standOut = "\u{1B}[7m"
    static let standBack = "\u{1B}[27m"

    var closing: String { "\u{1B}[0m" }
}
