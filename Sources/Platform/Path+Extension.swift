extension Path {
    /// What follows the last period of the name, without it: `py` in `a.b.py`.
    ///
    /// `nil` when there is none, when it is not UTF-8, and for a name such as `.profile`, whose only
    /// period leads it. Empty for `a.`.
    public var fileExtension: String? {
        extensionBytes.flatMap { String(utf8: $0.span) }
    }

    /// The bytes of ``fileExtension``, whatever their encoding.
    public var extensionBytes: ArraySlice<UInt8>? {
        let name = nameBytes
        return periodOfExtension(in: name).map { name[($0 + 1)...] }
    }

    /// This path without its extension and the period before it.
    public var withoutExtension: Path {
        let name = nameBytes
        guard let period = periodOfExtension(in: name) else { return self }
        let kept = Path(bytes: Array(name[..<period]))
        return bytes.contains(.slash) ? parent.appending(kept) : kept
    }

    /// This path with `fileExtension` in place of its own, or added when it has none.
    ///
    /// - Parameter fileExtension: The new extension, without a period.
    /// - Returns: The path in the same folder.
    public func replacingExtension(with fileExtension: String) -> Path {
        Path(bytes: withoutExtension.bytes + [.period] + Array(fileExtension.utf8))
    }

    private func periodOfExtension(in name: ArraySlice<UInt8>) -> Int? {
        guard let period = name.lastIndex(of: .period), period > name.startIndex else { return nil }
        return name.elementsEqual([.period, .period]) ? nil : period
    }
}
