internal import Git

extension Checkout {
    /// Whether a command's output is to be coloured; nil where a terminal decides, or the setting cannot be read.
    ///
    /// Follows git-config(1), `color.<command>` and `color.ui`.
    public func color(of command: String) -> Bool? {
        let configuration = repository.configuration
        let values = ["color.\(command)", "color.ui"].lazy.compactMap { name in
            (try? configuration.string(name)) ?? nil
        }
        switch values.first?.lowercased() {
        case "always": return true
        case "never", "false", "no", "off", "0": return false
        default: return nil
        }
    }
}
