import Glibc

extension Folder {
    /// One thing found in a folder.
    public struct Entry: Hashable, Sendable {
        /// Its name in its folder.
        public let name: Path
        /// Its path from the folder where the walk began.
        public let relativePath: Path
        /// The path of its folder in the same way.
        public let folder: Path
        /// What it is; a symbolic link is not followed to find out.
        public let kind: FileKind
    }

    /// What to do with an entry.
    public enum Decision: Sendable {
        /// Leave it, and all below it.
        case skip
        /// Put it into the result.
        case take
        /// Look into it, if it is a folder; anything else is left.
        case descend
    }

    /// What a walk found.
    public struct Findings: Sendable {
        /// What was taken, in the order of the walk.
        public internal(set) var taken: [Entry] = []
        /// The folders that could not be read, one error each; the rest was walked.
        public internal(set) var failures: [SystemError] = []
    }

    /// Goes through everything below `root`, folder by folder, in the order of the names' bytes.
    ///
    /// Symbolic links are not followed, except `root` itself, so there are no loops. One folder is
    /// open for each level of depth; a tree too deep for that is among the failures.
    ///
    /// - Parameters:
    ///   - root: The folder to begin with; not itself an entry.
    ///   - decide: Asked once for every entry, in order.
    /// - Returns: What was taken and what could not be read.
    /// - Complexity: One system call to open a folder, one per 32 kB of names; no file is touched on
    ///   file systems that tell the kind with the name.
    public static func walk(_ root: Path, decide: (Entry) -> Decision) -> Findings {
        var findings = Findings()
        do throws(SystemError) {
            let folder = try Descriptor(opening: root, O_RDONLY | O_DIRECTORY)
            walk(folder, root: root, relativePath: ".", &findings, decide)
        } catch {
            findings.failures.append(error)
        }
        return findings
    }

    private static func walk(
        _ folder: borrowing Descriptor, root: Path, relativePath: Path,
        _ findings: inout Findings, _ decide: (Entry) -> Decision
    ) {
        do throws(SystemError) {
            for (name, kind) in try contents(of: folder) {
                let entry = Entry(
                    name: name, relativePath: relativePath.appending(name), folder: relativePath,
                    kind: kind)
                switch decide(entry) {
                case .skip: continue
                case .take: findings.taken.append(entry)
                case .descend where kind == .folder:
                    descend(into: entry, of: folder, root: root, &findings, decide)
                case .descend: continue
                }
            }
        } catch {
            findings.failures.append(error)
        }
    }

    private static func descend(
        into entry: Entry, of folder: borrowing Descriptor, root: Path,
        _ findings: inout Findings, _ decide: (Entry) -> Decision
    ) {
        let path = root.appending(entry.relativePath)
        do throws(SystemError) {
            // No file below could be opened by its path; this also bounds the recursion.
            guard path.bytes.count < Int(PATH_MAX) else {
                throw SystemError(call: "open", path: path, code: ENAMETOOLONG)
            }
            let child = try Descriptor(openingFolder: entry.name, in: folder.number, path: path)
            walk(child, root: root, relativePath: entry.relativePath, &findings, decide)
        } catch {
            findings.failures.append(error)
        }
    }

    /// The names in an open folder, sorted, without `.` and `..`.
    private static func contents(
        of folder: borrowing Descriptor
    ) throws(SystemError) -> [(name: Path, kind: FileKind)] {
        let path = folder.path
        let number = folder.number
        // closedir closes the copy; the folder itself stays open for what is below it.
        let copy = try systemCall("fcntl", path) { fcntl(number, F_DUPFD_CLOEXEC, 0) }
        guard let stream = unsafe fdopendir(copy) else {
            let code = errno
            close(copy)
            throw SystemError(call: "opendir", path: path, code: code)
        }
        defer { unsafe closedir(stream) }

        var contents: [(name: Path, kind: FileKind)] = []
        while true {
            errno = 0
            guard let entry = unsafe readdir(stream) else { break }
            // readdir's entry stays until the next call and its name is closed by a zero.
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { name in
                unsafe Path(cString: UnsafeRawPointer(name).assumingMemoryBound(to: CChar.self))
            }
            guard !name.isWorkingFolder, !name.isFolderAbove else { continue }
            let kind = unsafe entry.pointee.d_type
            contents.append((name, Self.kind(kind, of: name, in: folder)))
        }
        guard errno == 0 else { throw SystemError(call: "readdir", path: path, code: errno) }
        contents.sort { $0.name < $1.name }
        return contents
    }

    /// The kind in a folder entry, or from the file where the file system does not give it there.
    private static func kind(
        _ type: UInt8, of name: Path, in folder: borrowing Descriptor
    ) -> FileKind {
        switch Int(type) {
        case DT_REG: return .regular
        case DT_DIR: return .folder
        case DT_LNK: return .symbolicLink
        case DT_FIFO: return .pipe
        case DT_CHR, DT_BLK: return .device
        case DT_SOCK: return .socket
        default: break
        }
        // It was removed since it was listed, or may not be looked at.
        return folder.status(of: name, flags: AT_SYMLINK_NOFOLLOW)?.kind ?? .other
    }
}
