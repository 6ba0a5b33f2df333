/// What can be told of a script without reading it as a notebook.
public struct ScriptTraits: Sendable {
    /// Whether a header or a marker says that this is a percent script.
    public let isPercent: Bool
    /// The notebook's metadata as the header shows them; empty without a header.
    public var metadata: JSONObject { header.metadata ?? [:] }
    let header: HeaderReader.Header
    /// Whether its lines end in CR LF.
    let hasCarriageReturns: Bool

    /// Looks at the header and the markers of the script `bytes`; what is not UTF-8 has no traits.
    public init(of bytes: [UInt8], language: Language) {
        guard let text = try? ScriptText(bytes) else {
            isPercent = false
            header = HeaderReader.Header()
            hasCarriageReturns = false
            return
        }
        let header = try? HeaderReader.header(of: text, comment: language.comment)
        let format = header?.textRepresentation?["format_name"]?.string
        isPercent =
            format.map { $0 == "percent" || $0 == "hydrogen" }
            ?? (header?.metadata != nil || ScriptGuess.hasMarker(text, language: language))
        self.header = header ?? HeaderReader.Header()
        hasCarriageReturns = text.hasCarriageReturns
    }

    /// Whether a merge left its markers in the script `bytes`.
    public static func hasConflictMarkers(_ bytes: [UInt8]) -> Bool {
        (try? ScriptText(bytes))?.conflict != nil
    }

    /// The value of `jupytext_version` in its header.
    var jupytextVersion: String? {
        switch header.textRepresentation?["jupytext_version"] {
        case .string(let version): version.string
        case .number(let version): version
        default: nil
        }
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
