internal import CScan

/// What a value of JSON is; in an entry, which C writes, it is a number.
enum JSONKind: UInt8, Sendable { case null, bool, number, string, array, object }

extension JSONEntry {
    var kind: JSONKind {
        get { JSONKind(rawValue: rawKind) ?? .null }
        set { rawKind = newValue.rawValue }
    }
}

extension Span<UInt8> {
    /// Checks a JSON text whose outermost value is an object or an array, and notes where the values of its upper
    /// levels lie.
    ///
    /// - Parameters:
    ///   - indexedDepth: How many levels of objects and arrays get entries for their parts, at most 7.
    ///   - deepest: How many levels there may be.
    ///   - checked: Told now and then how far the check has come.
    /// - Returns: The entries in the order of the text; nil when the text is not valid, or no such value.
    func jsonEntries(
        indexedDepth: Int, deepest: Int, checked: (_ end: Int) -> Void = { _ in }
    ) -> [JSONEntry]? {
        let markLength = starts(with: byteOrderMark) ? byteOrderMark.count : 0
        let start = markLength + extracting(markLength...).countOfJSONSpace
        guard start < count, self[start] == .openBrace || self[start] == .openBracket else {
            return nil
        }
        precondition(
            indexedDepth <= Int(CSCAN_MOST_INDEXED),
            "the check keeps places for so many open values that have entries")
        var index = cscan_index_start(start, UInt32(indexedDepth), UInt32(clamping: deepest))
        // As many as in a notebook of text; images and outputs need fewer.
        let likelyCount = Swift.min(count / 64, 1 << 14) + Int(CSCAN_LEAST_ROOM)
        var entries = [JSONEntry](repeating: JSONEntry(), count: likelyCount)
        while index.verdict == CSCAN_OPEN {
            if entries.count - Int(index.entry_count) < Int(CSCAN_LEAST_ROOM) {
                entries.append(contentsOf: repeatElement(JSONEntry(), count: entries.count))
            }
            // The check stays in the span and in the entries: it is handed the counts of both.
            unsafe withUnsafeBufferPointer { text in
                unsafe entries.withUnsafeMutableBufferPointer { entries in
                    guard let bytes = text.baseAddress, let first = entries.baseAddress else {
                        return
                    }
                    unsafe cscan_continue(
                        &index, bytes, text.count, Contents.releaseStep, first, entries.count)
                }
            }
            checked(index.place)
        }
        guard index.verdict == CSCAN_CLOSED,
            extracting(index.place...).countOfJSONSpace == count - index.place
        else { return nil }
        entries.removeLast(entries.count - Int(index.entry_count))
        return entries
    }

    /// Appends the text of the valid JSON string at `range`, or of the strings of an array one after the other.
    ///
    /// - Returns: False for anything else, of which something may have been appended.
    func decodeText(at range: Range<Int>, into text: inout [UInt8]) -> Bool {
        precondition(range.upperBound <= count, "what is decoded ends before the text does")
        let countBefore = text.count
        var isDecoded = true
        text.append(addingCapacity: range.count + Int(cscan_decode_slack)) { output in
            unsafe output.withUnsafeMutableBufferPointer { free, written in
                unsafe extracting(range.lowerBound...).withUnsafeBufferPointer { value in
                    guard let start = free.baseAddress, let bytes = value.baseAddress else {
                        return
                    }
                    // It reads no further than this span, and writes no more than there is room for.
                    let length = unsafe cscan_decode(
                        start + written, bytes, range.count, value.count)
                    isDecoded = length >= 0
                    written += Swift.max(length, 0)
                }
            }
        }
        guard !isDecoded else { return true }
        text.removeLast(text.count - countBefore)
        var decoder = JSONDecoder(self, at: range.lowerBound)
        guard self[range.lowerBound] != .quote else {
            decoder.string(into: &text)
            return true
        }
        return decoder.strings(into: &text)
    }
}
