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

    public var isNotebook: Bool { self == .notebook }
}

/// What can be told of a script without reading it as a notebook.
public struct ScriptTraits: Sendable {
    /// Whether a header or a marker says that this is a percent script.
    public let isPercent: Bool
    /// The value of `jupytext_version` in its header.
    public let jupytextVersion: String?

    /// - Parameter bytes: The script; what is not UTF-8 has no traits.
    public init(of bytes: [UInt8], language: Language) {
        guard let text = try? ScriptText(bytes) else {
            isPercent = false
            jupytextVersion = nil
            return
        }
        let header = try? HeaderReader.header(of: text, comment: language.comment)
        let format = header?.textRepresentation?["format_name"]?.string
        switch header?.textRepresentation?["jupytext_version"] {
        case .string(let version): jupytextVersion = version.string
        case .number(let version): jupytextVersion = version
        default: jupytextVersion = nil
        }
        isPercent =
            format.map { $0 == "percent" || $0 == "hydrogen" }
            ?? (header?.metadata != nil || ScriptGuess.hasMarker(text, language: language))
    }
}

extension Languages {
    /// The language of a script without a file name, as its header's `text_representation` tells; nil
    /// without such a header.
    public static func language(ofScript bytes: [UInt8]) -> Language? {
        guard let text = try? ScriptText(bytes) else { return nil }
        for language in all {
            guard let header = try? HeaderReader.header(of: text, comment: language.comment),
                let named = header.textRepresentation?["extension"]?.string
            else { continue }
            return self.language(withExtension: named)
        }
        return nil
    }
}
