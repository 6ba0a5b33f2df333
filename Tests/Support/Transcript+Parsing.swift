import Foundation

extension Transcript {
    /// Reads a transcript from its text.
    ///
    /// - Throws: ``TranscriptError`` with the line that cannot be.
    public init(parsing text: String) throws(TranscriptError) {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if lines.last == "" { lines.removeLast() }
        let sectionStart = lines.firstIndex { Self.sectionTitle($0) != nil } ?? lines.count
        sectionLines = Array(lines[sectionStart...])
        files = try Self.files(in: sectionLines, lineNumber: sectionStart + 1)

        let body = lines[..<sectionStart]
        let firstCommand = body.firstIndex { $0.hasPrefix("$ ") } ?? body.endIndex
        introduction = Array(body[..<firstCommand])
        for (index, line) in introduction.enumerated() where !line.isEmpty && !line.hasPrefix("#") {
            throw TranscriptError(lineNumber: index + 1, message: "output without a command")
        }
        var rest = body[firstCommand...]
        while !rest.isEmpty { steps.append(try Step(takingFrom: &rest)) }
        guard !steps.isEmpty else {
            throw TranscriptError(lineNumber: 1, message: "a transcript needs a command: '$ …'")
        }
    }

    /// The text between `-- ` and ` --`, or `nil` when the line is no section's title.
    private static func sectionTitle(_ line: String) -> String? {
        guard line.hasPrefix("-- "), line.hasSuffix(" --"), line.count > 6 else { return nil }
        return String(line.dropFirst(3).dropLast(3))
    }

    private static func files(
        in lines: [String], lineNumber: Int
    ) throws(TranscriptError) -> [File] {
        let base64Mark = " (base64)"
        var files: [File] = []
        var isBase64 = false
        for (index, line) in lines.enumerated() {
            if let title = sectionTitle(line) {
                isBase64 = title.hasSuffix(base64Mark)
                let path = isBase64 ? String(title.dropLast(base64Mark.count)) : title
                files.append(File(path: path, bytes: []))
            } else if isBase64 {
                guard let data = Data(base64Encoded: line) else {
                    throw TranscriptError(
                        lineNumber: lineNumber + index, message: "this is not base64")
                }
                files[files.count - 1].bytes += Array(data)
            } else {
                files[files.count - 1].bytes += Array(line.utf8) + [UInt8(ascii: "\n")]
            }
        }
        return files
    }
}

extension Transcript.Step {
    /// Takes the lines of one step; the first is its command.
    fileprivate init(takingFrom rest: inout ArraySlice<String>) throws(TranscriptError) {
        command = String(rest.removeFirst().dropFirst(2))
        while let line = rest.first, line.hasPrefix("> ") || line == ">" {
            command += "\n" + rest.removeFirst().dropFirst(2)
        }
        let end = rest.firstIndex { $0.hasPrefix("$ ") } ?? rest.endIndex
        var lines = rest[..<end]
        rest = rest[end...]

        while lines.last == "" {
            lines.removeLast()
            blankLineCount += 1
        }
        if let last = lines.last, last.hasPrefix("[exit ") {
            guard last.hasSuffix("]"), let number = Int32(last.dropFirst(6).dropLast()) else {
                throw TranscriptError(
                    lineNumber: lines.endIndex, message: "this is no exit status: '\(last)'")
            }
            status = number
            lines.removeLast()
        }
        let endsOpen = lines.last == Self.missingLineEnd
        if endsOpen { lines.removeLast() }
        output = lines.map { ($0.hasPrefix("\\") ? String($0.dropFirst()) : $0) + "\n" }.joined()
        if endsOpen { output.removeLast() }
    }
}
