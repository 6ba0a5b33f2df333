internal import Platform

/// What becomes of the line ends of a file on its way in and out.
///
/// Follows gitattributes(5), "text" and "eol", and `crlf_to_git` and `crlf_to_worktree` of git's convert.c.
struct LineEnds: Equatable {
    /// Whether it is text at all.
    enum Kind {
        /// Line ends are left alone.
        case binary
        /// Line ends are those of text, whatever the file holds.
        case text
        /// The same, where the file looks like text.
        case detected
    }

    let kind: Kind
    /// Whether lines end with CR LF in the work tree.
    let areWindows: Bool

    static let untouched = LineEnds(kind: .binary, areWindows: false)

    /// What the configuration says where the attributes say nothing.
    struct Defaults: Equatable {
        /// `core.autocrlf`; nil for `input`.
        let converts: Bool?
        /// Whether `core.eol` is `crlf`.
        let areWindows: Bool

        init(_ configuration: Configuration) throws(GitError) {
            let name = "core.autocrlf"
            let isInput = try configuration.string(name)?.lowercased() == "input"
            converts = isInput ? nil : try configuration.bool(name) ?? false
            areWindows = try configuration.string("core.eol")?.lowercased() == "crlf"
        }

        /// What lines of text end with.
        fileprivate var textIsWindows: Bool { converts.map { $0 || areWindows } ?? false }
    }

    private init(kind: Kind, areWindows: Bool) {
        self.kind = kind
        self.areWindows = areWindows
    }

    /// Follows `convert_attrs` of convert.c.
    init(_ attributes: [String: AttributeValue], _ defaults: Defaults) {
        /// nil for the attribute's default line end.
        func end(_ name: String) -> (kind: Kind, areWindows: Bool?)? {
            switch attributes[name] {
            case .set: (.text, nil)
            case .unset: (.binary, nil)
            case .word("input"): (.text, false)
            case .word("auto"): (.detected, nil)
            default: nil
            }
        }
        let said = end("text") ?? end("crlf")
        var windows = said?.areWindows
        if said?.kind != .binary {
            if attributes["eol"] == .word("lf") { windows = false }
            if attributes["eol"] == .word("crlf") { windows = true }
        }
        if let said {
            self.init(kind: said.kind, areWindows: windows ?? defaults.textIsWindows)
        } else if let windows {
            self.init(kind: .text, areWindows: windows)
        } else if defaults.converts == false {
            self = .untouched
        } else {
            self.init(kind: .detected, areWindows: defaults.converts == true)
        }
    }

    // MARK: Into the repository

    /// The content as git stores it.
    ///
    /// - Parameters:
    ///   - bytes: What the file holds.
    ///   - staged: Gives what the index has of it: a file that was staged with CR LF keeps them where nobody said
    ///     that it is text.
    ///   - refusesLoss: Whether line ends must come back as they are.
    /// - Returns: nil for no change.
    /// - Throws: ``LineEndLoss``.
    func stored(
        _ bytes: [UInt8], staged: () -> [UInt8]?, refusesLoss: Bool
    ) throws(LineEndLoss) -> [UInt8]? {
        guard kind != .binary, !bytes.isEmpty, refusesLoss || bytes.contains(0x0D) else {
            return nil
        }
        let statistics = TextStatistics(bytes)
        var converts = statistics.pairs > 0
        if kind == .detected {
            guard !statistics.isBinary else { return nil }
            if converts, let staged = staged(), staged.contains(0x0D) {
                let old = TextStatistics(staged)
                converts = old.isBinary || old.pairs == 0
            }
        }
        if refusesLoss { try requireReturn(statistics, converts: converts) }
        guard converts else { return nil }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        for (index, byte) in bytes.enumerated() {
            if byte == 0x0D, index + 1 < bytes.count, bytes[index + 1] == 0x0A { continue }
            result.append(byte)
        }
        return result
    }

    /// Follows `check_global_conv_flags_eol` of convert.c.
    private func requireReturn(
        _ before: TextStatistics, converts: Bool
    ) throws(LineEndLoss) {
        var after = before
        if converts {
            after.loneFeeds += after.pairs
            after.pairs = 0
        }
        if addsReturns(to: after) {
            after.pairs += after.loneFeeds
            after.loneFeeds = 0
        }
        if before.pairs > 0, after.pairs == 0 { throw .windowsEnds }
        if before.loneFeeds > 0, after.loneFeeds == 0 { throw .feeds }
    }

    // MARK: Into the work tree

    /// The content as it is in the work tree; nil for no change.
    func written(_ bytes: [UInt8]) -> [UInt8]? {
        guard kind != .binary, areWindows, !bytes.isEmpty, addsReturns(to: TextStatistics(bytes))
        else { return nil }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count + bytes.count / 16)
        var last: UInt8 = 0
        for byte in bytes {
            if byte == 0x0A, last != 0x0D { result.append(0x0D) }
            result.append(byte)
            last = byte
        }
        return result
    }

    /// Follows `will_convert_lf_to_crlf` of convert.c.
    private func addsReturns(to text: TextStatistics) -> Bool {
        guard kind != .binary, areWindows, text.loneFeeds > 0 else { return false }
        guard kind == .detected else { return true }
        return text.loneReturns == 0 && text.pairs == 0 && !text.isBinary
    }
}

/// What `core.safecrlf` refuses: line ends that would come back as others.
enum LineEndLoss: Error {
    /// CR LF would come back as LF.
    case windowsEnds
    /// LF would come back as CR LF.
    case feeds

    var sentence: String {
        switch self {
        case .windowsEnds:
            "its line ends CR LF would be replaced by LF, which core.safecrlf forbids"
        case .feeds: "its line ends LF would be replaced by CR LF, which core.safecrlf forbids"
        }
    }
}
