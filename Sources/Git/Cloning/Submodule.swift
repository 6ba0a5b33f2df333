internal import Platform

/// A repository in a repository, as `.gitmodules` and the commit describe it.
struct Submodule {
    /// What its git folder is called.
    let name: Path
    /// Where its files are, from the root of the work tree.
    let path: Path
    /// Where it is fetched from, as it was written.
    let url: String
    /// The commit that it is to be at.
    let commit: ObjectID

    /// The submodules of a work tree that was just written, in the order of their paths.
    ///
    /// - Parameters:
    ///   - files: What the commit has.
    ///   - workTree: Where they were written.
    /// - Returns: Those that have both an entry in the file and a commit.
    /// - Throws: ``GitError`` where a name, a path or an address would lead elsewhere.
    ///
    /// Follows gitmodules(5), and check_submodule_name in submodule-config.c of git.
    static func all(
        _ files: [FileChange.Side], in workTree: Path
    ) throws(GitError) -> [Submodule] {
        let links = files.filter { $0.mode == .submodule }
        // One that is a symbolic link could lead to any file of the machine.
        guard !links.isEmpty,
            files.contains(where: {
                $0.path == ".gitmodules" && $0.mode.isFile && $0.mode != .symbolicLink
            })
        else { return [] }
        let settings = try Configuration(file: workTree.appending(".gitmodules"))
            .entries { $0.hasPrefix("submodule.") }
        var modules: [Path: (path: Path?, url: String?)] = [:]
        for entry in settings {
            let rest = entry.name.dropFirst("submodule.".count)
            guard let dot = rest.lastIndex(of: ".") else { continue }
            let name = Path(String(rest[..<dot]))
            switch rest[rest.index(after: dot)...] {
            case "path": modules[name, default: (nil, nil)].path = Path(bytes: entry.bytes)
            case "url": modules[name, default: (nil, nil)].url = entry.value
            default: continue
            }
        }
        var found: [Submodule] = []
        for (name, module) in modules {
            guard let link = links.first(where: { $0.path == module.path }),
                let commit = link.id, let url = module.url
            else { continue }
            guard name.isSafeSubmoduleName, link.path.bytes.first != UInt8(ascii: "-") else {
                throw GitError(
                    "'\(name.displayName)' is no name that a submodule may have",
                    path: ".gitmodules")
            }
            found.append(Submodule(name: name, path: link.path, url: url, commit: commit))
        }
        return found.sorted { $0.path < $1.path }
    }

    /// The whole address: one that begins with `./` or `../` is seen from that of the repository around.
    ///
    /// Follows relative_url in remote.c of git.
    ///
    /// - Parameters:
    ///   - parent: The address of the repository around.
    ///   - workTree: Where a relative path of a folder begins.
    ///   - allowsFolders: Whether a folder of this machine may be named, which git forbids unless it is told.
    /// - Returns: An address that can be fetched from.
    /// - Throws: ``GitError`` for one that leads nowhere, or where no server may send us.
    func address(
        seenFrom parent: RemoteURL, _ workTree: Path, allowsFolders: Bool
    ) throws(GitError) -> RemoteURL {
        var text = url[...]
        var base = parent.text[...]
        let isRelative = text.hasPrefix("./") || text.hasPrefix("../")
        while base.last == "/" { base.removeLast() }
        while true {
            if text.hasPrefix("../") {
                text = text.dropFirst(3)
                guard let slash = base.lastIndex(where: { $0 == "/" || $0 == ":" }) else { break }
                base = base[..<slash]
            } else if text.hasPrefix("./") {
                text = text.dropFirst(2)
            } else {
                break
            }
        }
        let whole = RemoteURL(isRelative ? "\(base)/\(text)" : url)
        if case .folder = try RemoteAddress(whole), !allowsFolders {
            throw GitError(
                "is fetched from a folder of this machine, which a repository may not choose: '\(whole)'",
                path: path, hint: "if you trust it: git config --global protocol.file.allow always")
        }
        return try whole.forCloning(seenFrom: workTree)
    }
}

extension Path {
    /// Whether it names a folder below another one.
    fileprivate var isSafeSubmoduleName: Bool {
        let parts = bytes.split(omittingEmptySubsequences: false) {
            $0 == .slash || $0 == UInt8(ascii: "\\")
        }
        return !bytes.isEmpty && bytes.first != UInt8(ascii: "-")
            && parts.allSatisfy {
                !$0.isEmpty && !$0.elementsEqual("..".utf8) && !$0.elementsEqual(".".utf8)
            }
            && !bytes.contains { $0 < 0x20 || $0 == 0x7F }
    }
}
