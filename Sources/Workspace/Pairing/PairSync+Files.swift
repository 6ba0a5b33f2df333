internal import Platform

extension PairSync {
    /// What both files hold, or are to hold.
    struct Files {
        var notebook: [UInt8]
        var script: [UInt8]
    }

    /// A file as it was read.
    struct FoundFace {
        let path: Path
        let snapshot: File.Snapshot
        /// What it holds; nil when there is no such file.
        let bytes: [UInt8]?
    }

    /// Both files as they were read.
    struct FoundFaces {
        let notebook: FoundFace
        let script: FoundFace
    }

    func read() throws(Failure) -> FoundFaces {
        let faces = FoundFaces(
            notebook: try read(pair.notebook), script: try read(pair.script))
        whenRead?()
        return faces
    }

    private func read(_ path: Path) throws(Failure) -> FoundFace {
        do throws(SystemError) {
            var snapshot = try File.Snapshot(of: path)
            let bytes = snapshot.status == nil ? nil : try snapshot.bytes()
            return FoundFace(path: path, snapshot: snapshot, bytes: bytes)
        } catch { throw Failure(error, about: .path(shown(path))) }
    }

    func write(
        _ files: Files, over found: FoundFaces, prepare: () throws(SystemError) -> Void = {}
    ) throws(Failure) {
        try write(
            [(found.notebook, files.notebook), (found.script, files.script)], prepare: prepare)
    }

    /// Writes what is new, and nothing at all where somebody has saved one of the files since it was read.
    ///
    /// - Parameters:
    ///   - faces: Files, and what they are to hold.
    ///   - prepare: Called before anything is written, and when everything may be.
    /// - Throws: ``Failure`` with the file's name.
    func write(
        _ faces: [(FoundFace, [UInt8])], prepare: () throws(SystemError) -> Void = {}
    ) throws(Failure) {
        let changes = faces.filter { $0.bytes != $1 }
        do throws(SystemError) {
            for (face, _) in changes {
                guard try face.snapshot.isCurrent() else { throw .overtaken(face.path) }
            }
            try prepare()
            for (face, bytes) in changes {
                if face.bytes == nil { try Folder.create(face.path.parent) }
                try File.replace(
                    face.path, with: bytes, over: face.snapshot,
                    durable: face.bytes != nil || face.path == pair.notebook)
            }
        } catch { throw Failure(error, about: error.path.map { .path(shown($0)) }) }
    }
}
