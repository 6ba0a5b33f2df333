internal import CScan

extension Language.Comment {
    /// Appends each line of `text` as a comment, ended by LF: `# line`, `(* line *)`; an empty line gives `#`
    /// and `(* *)`.
    ///
    /// - Parameters:
    ///   - source: The lines.
    ///   - lineFeeds: How many LF there are in them, or more.
    ///   - text: What is appended to.
    func append(linesOf source: Span<UInt8>, lineFeeds: Int, to text: inout [UInt8]) {
        let after = suffix.isEmpty ? [] : [.space] + suffix
        let mostAround = prefix.count + after.count + 2
        text.append(addingCapacity: source.count + (lineFeeds + 1) * mostAround) { output in
            unsafe output.withUnsafeMutableBufferPointer { free, count in
                unsafe source.withUnsafeBufferPointer { source in
                    guard let start = free.baseAddress else { return }
                    let bytes = unsafe source.baseAddress ?? UnsafePointer(start)
                    // It writes no more than there is room for, and says how much.
                    count += unsafe cscan_comment_lines(
                        start, bytes, source.count, prefix, prefix.count, after, after.count)
                }
            }
        }
    }

    /// What a commented line says: without one prefix and the space behind it, and without the suffix.
    ///
    /// A line that does not start with the prefix is given as it is, but for the suffix.
    @_lifetime(copy line)
    func uncommented(_ line: Span<UInt8>) -> Span<UInt8> {
        let body = withoutSuffix(line)
        return body.extracting(min(lengthOfPrefix(of: line), body.count)...)
    }

    /// `line` without the suffix at its end and one space before it.
    @_lifetime(copy line)
    func withoutSuffix(_ line: Span<UInt8>) -> Span<UInt8> {
        guard !suffix.isEmpty, line.ends(with: suffix) else { return line }
        let end = line.count - suffix.count
        return line.extracting(..<(end > 0 && line[end - 1] == .space ? end - 1 : end))
    }

    /// The bytes that the prefix and one space behind it take at the start of `line`; 0 without a prefix.
    func lengthOfPrefix(of line: Span<UInt8>, at start: Int = 0) -> Int {
        guard line.has(prefix, at: start) else { return 0 }
        let end = start + prefix.count
        return prefix.count + (end < line.count && line[end] == .space ? 1 : 0)
    }
}
