/// A file that is not a notebook or not a script, and where it stops being one.
public struct NotebookError: Error, Equatable, Sendable {
    /// What is wrong, lower case and without a period.
    public var message: String
    /// Where: a line and a column, from 1; or nothing when the place is a cell or the whole file.
    public var line: Int?
    /// In Unicode scalars; nil when the whole line is meant.
    public var column: Int?
    /// Bytes before the place, where the file is JSON or not UTF-8.
    public var byteOffset: Int?
    /// The cell, from 1, where the text is well formed but its content is not.
    public var cellNumber: Int?
    /// What to try.
    public var hint: String?

    init(_ message: String, cellNumber: Int? = nil, hint: String? = nil) {
        self.message = message
        self.cellNumber = cellNumber
        self.hint = hint
    }

    init(_ error: JSONError) {
        message = error.message
        line = error.line
        column = error.column
        byteOffset = error.byteOffset
        if error.message.hasPrefix("merge conflict") { hint = Self.conflictHint }
    }

    /// Whether the markers of a merge are in the way.
    public var isConflict: Bool { hint == Self.conflictHint }

    private static let conflictHint =
        "resolve the conflict first, or take one side with 'git checkout --ours' or '--theirs'"

    /// A marker that a merge left in a script.
    static func conflict(marker: String, line: Int) -> NotebookError {
        NotebookError(
            "merge conflict marker '\(marker)'", line: line, column: 1, hint: conflictHint)
    }

    init(_ message: String, at byteOffset: Int, in bytes: Span<UInt8>) {
        self.init(JSONError(message, at: byteOffset, in: bytes))
    }

    init(_ message: String, line: Int, column: Int? = nil, hint: String? = nil) {
        self.init(message, hint: hint)
        self.line = line
        self.column = column
    }
}

extension NotebookError {
    /// What Windows tools write when nobody asks for UTF-8.
    static var utf16: NotebookError {
        NotebookError(
            "the file is UTF-16, not UTF-8",
            hint: "save it as UTF-8; in PowerShell with '| Out-File -Encoding utf8'")
    }
}

extension Span<UInt8> {
    /// Whether the text begins with the byte order mark of UTF-16.
    var isUTF16: Bool { starts(with: [0xFF, 0xFE]) || starts(with: [0xFE, 0xFF]) }
}
