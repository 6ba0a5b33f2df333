import Support
import Testing

/// What is wrong with a file, and what the program says of it, every byte.
struct BadInput: Sendable, CustomTestStringConvertible {
    let name: String
    let content: [UInt8]
    /// All of standard error.
    let errors: String

    var testDescription: String { name }

    static let utf8Hint =
        "save it as UTF-8; in PowerShell with '| Out-File -Encoding utf8'"

    /// - Parameters:
    ///   - name: What is wrong, for the list of tests.
    ///   - text: The file, with `⟪here⟫` at the place that the message names; the mark is taken out.
    ///   - message: What is said behind the name and the place.
    ///   - countsBytes: Whether the place is also told in bytes.
    ///   - hint: The second line.
    init(
        _ name: String, _ text: String, _ message: String, countsBytes: Bool = true,
        hint: String? = nil
    ) {
        let parts = text.components(at: "⟪here⟫")
        var place = ""
        var bytes = ""
        if let before = parts.before {
            let lines = before.split(separator: "\n", omittingEmptySubsequences: false)
            place = ":\(lines.count):\(lines.last.map(\.unicodeScalars.count).map { $0 + 1 } ?? 1)"
            bytes = countsBytes ? " (byte \(before.utf8.count))" : ""
        }
        self.init(
            name, Array(((parts.before ?? "") + parts.after).utf8), place, message + bytes,
            hint: hint)
    }

    /// A file that is not text; `place` is `:line:column`.
    init(
        _ name: String, _ content: [UInt8], _ place: String, _ message: String,
        hint: String? = nil
    ) {
        self.name = name
        self.content = content
        errors =
            "nbgit: error: <file>\(place.isEmpty ? "" : place): \(message)\n"
            + (hint.map { "hint: \($0)\n" } ?? "")
    }
}

extension BadInput {
    /// Expects that the program refuses the file, says so, and leaves everything as it is.
    func expectRefusal(
        named file: String, beside others: [String: String] = [:],
        arguments: [String] = [], sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let folder = try ProgramFolder()
        try folder.scratch.write(content, to: file)
        for (name, text) in others { try folder.scratch.write(text, to: name) }
        let before = try folder.snapshot()
        let finished = try folder.convert([file] + arguments)
        let message = errors.replacing("<file>", with: file)
        #expect(finished.errorText == message, sourceLocation: sourceLocation)
        #expect(finished.text == "", sourceLocation: sourceLocation)
        #expect(finished.status == 2, sourceLocation: sourceLocation)
        #expect(try folder.snapshot() == before, sourceLocation: sourceLocation)
    }
}

extension String {
    fileprivate func components(at mark: String) -> (before: String?, after: String) {
        let marked = Array(utf8)
        let sign = Array(mark.utf8)
        let start = marked.indices.first { marked[$0...].starts(with: sign) }
        guard let start else { return (nil, self) }
        return (
            String(decoding: marked[..<start], as: UTF8.self),
            String(decoding: marked[(start + sign.count)...], as: UTF8.self)
        )
    }
}
