internal import Platform

/// What one file goes through on its way between the work tree and the repository.
///
///                 filter       working-tree-encoding       text, eol       ident
///     work tree ─────────┬──────────────────────────┬───────────────┬─────────── repository
///
/// Follows `convert_to_git` and `convert_to_working_tree` of git's convert.c.
struct ContentConversion {
    let driver: FilterDriver?
    let encoding: TextEncoding?
    /// The encoding as it was written.
    let encodingName: String
    let lineEnds: LineEnds
    let hasKeywords: Bool

    /// Whether content is the same on both sides.
    var isNone: Bool {
        driver == nil && encoding == nil && lineEnds.kind == .binary && !hasKeywords
    }
}

/// Converts the content of one repository's files.
final class ContentConverter {
    private let rules: AttributeRules
    private let programs: FilterPrograms
    private let repository: OpaquePointer
    private let defaults: LineEnds.Defaults
    private let refusesLineEndLoss: Bool
    /// What drivers that are not required failed with; their files were taken as they were.
    private var failures: [GitError] = []

    init(
        _ rules: AttributeRules, _ programs: FilterPrograms, repository: OpaquePointer,
        _ configuration: Configuration
    ) throws(GitError) {
        self.rules = rules
        self.programs = programs
        self.repository = repository
        defaults = try LineEnds.Defaults(configuration)
        let isWarning = try configuration.string("core.safecrlf")?.lowercased() == "warn"
        refusesLineEndLoss = isWarning ? false : try configuration.bool("core.safecrlf") ?? false
    }

    deinit { programs.end() }

    /// What the attributes of a file ask for.
    ///
    /// - Throws: ``GitError`` for an encoding that nbgit does not know.
    func conversion(
        of path: Path, _ order: AttributeRules.Order = .workTreeFirst
    ) throws(GitError) -> ContentConversion {
        let attributes = rules.attributes(of: path, order)
        var driver: FilterDriver?
        if case .word(let name) = attributes["filter"] { driver = try programs.driver(name) }
        var name = ""
        switch attributes["working-tree-encoding"] {
        case .word(let word): name = TextEncoding.isUTF8(word) ? "" : word
        case .set, .unset:
            throw GitError(
                "has the attribute working-tree-encoding without an encoding", path: path,
                hint: "write 'working-tree-encoding=<name>' in .gitattributes")
        default: break
        }
        let encoding = TextEncoding(name)
        guard name.isEmpty || encoding != nil else {
            throw GitError(
                "has the attribute working-tree-encoding=\(name), which nbgit does not know",
                path: path, hint: "use git for this file: 'git add \(path.displayName)'")
        }
        return ContentConversion(
            driver: driver, encoding: encoding, encodingName: name.uppercased(),
            lineEnds: LineEnds(attributes, defaults), hasKeywords: attributes["ident"] == .set)
    }

    /// The bytes that git stores for a file.
    ///
    /// - Parameters:
    ///   - bytes: What the file holds.
    ///   - path: From the root of the work tree.
    ///   - conversion: What it goes through.
    ///   - isKept: Whether the bytes are to be stored, so that `core.safecrlf` may refuse.
    /// - Returns: The content of the blob.
    /// - Throws: ``GitError`` where a filter or an encoding refuses.
    func stored(
        _ bytes: [UInt8], at path: Path, _ conversion: ContentConversion, isKept: Bool
    ) throws(GitError) -> [UInt8] {
        var bytes = try filtered(bytes, path, conversion, .clean, blob: nil)
        if let encoding = conversion.encoding, !bytes.isEmpty {
            do throws(EncodingFailure) { bytes = try encoding.decoded(bytes) } catch {
                throw GitError(
                    error, decoding: true, named: conversion.encodingName, path: path)
            }
        }
        do throws(LineEndLoss) {
            let text = try conversion.lineEnds.stored(
                bytes, staged: { StagedBlob(path, in: repository)?.content() },
                refusesLoss: isKept && refusesLineEndLoss)
            if let text { bytes = text }
        } catch {
            throw GitError(
                error.sentence, path: path,
                hint: "convert the file, or allow it: git config core.safecrlf warn")
        }
        return conversion.hasKeywords ? IdentKeyword.stored(bytes) ?? bytes : bytes
    }

    /// The bytes of a blob as they are to be in the work tree.
    ///
    /// - Throws: ``GitError`` as ``stored(_:at:_:isKept:)``.
    func written(
        _ bytes: [UInt8], blob: ObjectID, at path: Path, _ conversion: ContentConversion
    ) throws(GitError) -> [UInt8] {
        var bytes = bytes
        if conversion.hasKeywords {
            bytes = IdentKeyword.written(bytes, blob: try Repository.id(ofContent: bytes)) ?? bytes
        }
        bytes = conversion.lineEnds.written(bytes) ?? bytes
        if let encoding = conversion.encoding, !bytes.isEmpty {
            do throws(EncodingFailure) { bytes = try encoding.encoded(bytes) } catch {
                throw GitError(
                    error, decoding: false, named: conversion.encodingName, path: path)
            }
        }
        return try filtered(bytes, path, conversion, .smudge, blob: blob)
    }

    /// Follows `apply_filter` of convert.c.
    private func filtered(
        _ bytes: [UInt8], _ path: Path, _ conversion: ContentConversion,
        _ direction: FilterDirection, blob: ObjectID?
    ) throws(GitError) -> [UInt8] {
        guard let driver = conversion.driver else { return bytes }
        do throws(FilterFailure) {
            let filtered = try programs.filtered(
                bytes, path: path, direction, blob: blob, by: driver)
            guard filtered == nil, driver.isRequired else { return filtered ?? bytes }
            throw FilterFailure("has no program, but is required")
        } catch {
            if let system = error.system, system.isInterruption { throw GitError(system) }
            let failure = GitError(
                "\(direction) filter '\(driver.name)' \(error.reason)", path: path,
                hint: "'git config --get-regexp filter.\(driver.name)' shows what it runs")
            guard !driver.isRequired else { throw failure }
            failures.append(failure)
            return bytes
        }
    }

    /// Gives what failed without being required, and forgets it.
    func takeFailures() -> [GitError] {
        defer { failures = [] }
        return failures
    }
}

extension GitError {
    /// Says why text could not be brought into another encoding.
    ///
    /// Where git would go on with a warning, this refuses: the text would be stored as something else.
    fileprivate init(
        _ error: EncodingFailure, decoding: Bool, named name: String, path: Path
    ) {
        switch error {
        case .malformed:
            let (from, to) = decoding ? (name, "UTF-8") : ("UTF-8", name)
            self.init("cannot be brought from \(from) to \(to)", path: path)
        case .markMissing:
            self.init(
                "has no byte order mark, which \(name) text needs", path: path,
                hint: "write 'working-tree-encoding=\(name)LE' (or BE) in .gitattributes")
        case .markProhibited:
            self.init(
                "has a byte order mark, which \(name) text must not have", path: path,
                hint: "write 'working-tree-encoding=\(name.dropLast(2))' in .gitattributes")
        }
    }
}
