/// The lines of a script.
///
/// Lines end at LF alone, so that form feeds and line separators inside a line survive; when every LF
/// follows a CR, the pair is the line end. A byte order mark is left out.
struct ScriptText {
    let bytes: [UInt8]
    /// The places of the lines without their ends; a line end at the end of the file begins no further line.
    let lines: [Range<Int>]
    /// Whether every line ends in CR LF.
    let hasCarriageReturns: Bool

    /// - Throws: ``NotebookError`` at the first byte that is not UTF-8.
    init(_ bytes: [UInt8]) throws(NotebookError) {
        if bytes.span.isUTF16 { throw .utf16 }
        let span = bytes.span
        if let place = span.firstInvalidUTF8 {
            throw NotebookError("not UTF-8: \(bytes[place].hexadecimal)", at: place, in: span)
        }
        var lines = span.lineRanges
        if span.starts(with: byteOrderMark) { lines[0] = byteOrderMark.count..<lines[0].upperBound }
        let ended = lines.dropLast()
        hasCarriageReturns =
            !ended.isEmpty && ended.allSatisfy { $0.last.map { bytes[$0] } == .carriageReturn }
        if hasCarriageReturns {
            for index in ended.indices { lines[index] = lines[index].dropLast() }
        }
        if lines.last?.isEmpty == true { lines.removeLast() }
        self.bytes = bytes
        self.lines = lines
    }

    /// The first of the markers that a merge left, if both ends of a conflict are there.
    var conflict: NotebookError? {
        let start = lines.indices.first { self[$0].starts(with: "<<<<<<< ".utf8) }
        guard let start,
            lines[start...].contains(where: {
                bytes.span.extracting($0).starts(with: ">>>>>>> ".utf8)
            })
        else { return nil }
        return .conflict(marker: "<<<<<<<", line: start + 1)
    }

    subscript(number: Int) -> Span<UInt8> {
        @_lifetime(borrow self)
        get { bytes.span.extracting(lines[number]) }
    }
}

extension [UInt8] {
    /// The text with CR LF for every LF.
    var withCarriageReturns: [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(count + count / 16)
        for byte in self {
            if byte == .lineFeed { text.append(.carriageReturn) }
            text.append(byte)
        }
        return text
    }
}
