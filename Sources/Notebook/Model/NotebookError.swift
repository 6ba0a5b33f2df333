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
        if error.message.hasPrefix("merge conflict") {
            hint =
                "resolve the conflict first, or take one side with 'git checkout --ours' or '--theirs'"
        }
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
