/// Tells whether a line starts inside a string of several lines.
///
/// Follows jupytext's `StringParser`, flaws included, because cells must be cut where jupytext cuts them:
/// Python's quotes for every language but R, a backslash hides the one quote after it and is itself
/// never hidden, and only triple quotes live beyond the end of a line.
///
///     state        byte        then
///     code         ' or "      single(q); the third in a row, 3 bytes after the last change: triple(q)
///     code         comment     the rest of the line is skipped
///     single(q)    q           code
///     triple(q)    qqq         code
///     single       line end    code
struct QuoteTracker {
    private let comment: [UInt8]
    private let tracksQuotes: Bool
    private var triple: UInt8?

    /// - Parameters:
    ///   - languageName: The language of the lines; a language without a script form is read as one
    ///     that has no comments, R and nil as one without strings.
    ///   - script: The language of the script around the lines.
    init(languageName: String?, script: Language) {
        tracksQuotes = languageName != nil && languageName != "R"
        comment =
            languageName.flatMap { Languages.language(named: $0, in: script) }?.comment.prefix ?? []
    }

    /// Whether the next line starts inside a string.
    var isInString: Bool { triple != nil }

    /// Reads one line, without its line end.
    mutating func read(_ line: Span<UInt8>) {
        guard tracksQuotes, triple != nil || line.contains(.quote) || line.contains(.apostrophe)
        else {
            return
        }
        if triple == nil, !comment.isEmpty, line.has(comment, at: line.countOfLeadingSpace) {
            return
        }
        var single: UInt8?
        var lastTriple = -1
        var index = 0
        while index < line.count {
            let byte = line[index]
            if single == nil, triple == nil, !comment.isEmpty, line.has(comment, at: index) {
                return
            }
            let isQuote = byte == .quote || byte == .apostrophe
            guard isQuote, index == 0 || line[index - 1] != .backslash else {
                index += 1
                continue
            }
            if let open = single {
                if open == byte { single = nil }
            } else if index >= lastTriple + 3, index >= 2, line[index - 1] == byte,
                line[index - 2] == byte
            {
                if triple == byte {
                    triple = nil
                    lastTriple = index
                } else if triple == nil {
                    triple = byte
                    lastTriple = index
                }
            } else if triple == nil {
                single = byte
            }
            index += 1
        }
    }
}
