/// What a file is or is to become: a notebook, or a percent script in some language.
public enum FileFormat: Hashable, Sendable {
    case notebook
    /// A percent script; nil for the language that the notebook names (`auto:percent`).
    case percent(Language?)

    /// Reads `ipynb`, `py`, `py:percent`, `R:percent`, `auto:percent`; a period in front is allowed.
    ///
    /// - Returns: nil for anything else; case matters where extensions differ by it.
    public init?(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let name = parts[0].hasPrefix(".") ? String(parts[0].dropFirst()) : String(parts[0])
        guard parts.count == 1 || parts[1] == "percent" && name != "ipynb" else { return nil }
        switch name {
        case "ipynb": self = .notebook
        case "auto": self = .percent(nil)
        default:
            guard let language = Languages.language(withExtension: "." + name) else { return nil }
            self = .percent(language)
        }
    }

    /// The format that a file's extension tells, without the dot; nil when it tells none.
    public init?(fileExtension: String?) {
        guard let fileExtension, !fileExtension.contains(":"), fileExtension != "auto" else {
            return nil
        }
        self.init(fileExtension)
    }

    /// Every name that can be asked for, for suggestions and completion.
    public static let names =
        ["ipynb", "auto:percent"] + Languages.all.map { "\($0.fileExtension.dropFirst()):percent" }

    /// The extension without its dot; nil for the language that the notebook names.
    public var fileExtension: String? {
        switch self {
        case .notebook: "ipynb"
        case .percent(let language): language.map { String($0.fileExtension.dropFirst()) }
        }
    }

    /// Whether the file holds nbformat JSON and no script.
    public var isNotebook: Bool { self == .notebook }
}
