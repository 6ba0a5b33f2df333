internal import CGitShims
internal import Clibgit2
internal import Platform

/// Something that content goes through on its way between the work tree and the repository.
protocol ContentFilter: AnyObject {
    /// Whether a file goes through it.
    ///
    /// - Parameters:
    ///   - value: What the attribute says.
    ///   - path: From the root of the work tree.
    /// - Returns: Whether ``filtered(_:path:value:_:blob:)`` is to be asked.
    /// - Throws: ``GitError`` for a file that must be left alone.
    func applies(_ value: String, to path: Path) throws(GitError) -> Bool

    /// The content on the other side, or nil where it goes through unchanged.
    func filtered(
        _ bytes: [UInt8], path: Path, value: String, _ direction: FilterDirection, blob: ObjectID?
    ) throws(GitError) -> [UInt8]?
}

/// A ``ContentFilter`` that libgit2 asks for the files of one repository.
///
/// libgit2 keeps one list of filters for all repositories: each registration answers for its own alone.
/// What a filter throws is kept in ``failure``, as libgit2 hands on no more than a number and a text.
final class FilterRegistration {
    private let content: any ContentFilter
    private let repository: OpaquePointer
    private let memory: UnsafeMutablePointer<nbgit_filter>
    private let attributes: UnsafeMutablePointer<CChar>
    private let name: String
    /// What the last failing file failed with.
    private(set) var failure: GitError?

    /// Registers a filter.
    ///
    /// - Parameters:
    ///   - content: Does the work.
    ///   - attribute: The attribute that asks for it, with any value.
    ///   - priority: Its place among the others; see git2/sys/filter.h.
    ///   - repository: Whose files it is for; must outlive this.
    /// - Throws: ``GitError`` where libgit2 does not take it.
    init(
        _ content: any ContentFilter, attribute: String, priority: Int32, repository: OpaquePointer
    ) throws(GitError) {
        self.content = content
        self.repository = repository
        name = "nbgit-\(attribute)-\(UInt(bitPattern: repository))"
        // Text that libgit2 keeps a pointer to: it is freed with the registration.
        attributes = .allocate(capacity: attribute.utf8.count + 3)
        for (index, byte) in "\(attribute)=*\0".utf8.enumerated() {
            attributes[index] = CChar(bitPattern: byte)
        }
        memory = .allocate(capacity: 1)
        memory.initialize(to: nbgit_filter())
        memory.pointee.filter.version = UInt32(GIT_FILTER_VERSION)
        memory.pointee.filter.attributes = UnsafePointer(attributes)
        memory.pointee.filter.check = { FilterRegistration.check($0, $1, $2, $3) }
        memory.pointee.filter.apply = { FilterRegistration.apply($0, $1, $2, $3, $4) }
        memory.pointee.filter.cleanup = { _, payload in
            guard let payload else { return }
            Unmanaged<AttributeValue>.fromOpaque(payload).release()
        }
        memory.pointee.owner = Unmanaged.passUnretained(self).toOpaque()
        let filter = UnsafeMutableRawPointer(memory).assumingMemoryBound(to: git_filter.self)
        try Git.check("git_filter_register", git_filter_register(name, filter, priority))
    }

    deinit {
        git_filter_unregister(name)
        memory.deallocate()
        attributes.deallocate()
    }

    /// Gives the failure and forgets it.
    func takeFailure() -> GitError? {
        defer { failure = nil }
        return failure
    }

    private static func check(
        _ filter: UnsafeMutablePointer<git_filter>?,
        _ payload: UnsafeMutablePointer<UnsafeMutableRawPointer?>?, _ source: OpaquePointer?,
        _ values: UnsafeMutablePointer<UnsafePointer<CChar>?>?
    ) -> Int32 {
        guard let registration = registration(filter), let value = values?.pointee,
            git_filter_source_repo(source) == registration.repository,
            git_attr_value(value) == GIT_ATTR_VALUE_STRING
        else { return GIT_PASSTHROUGH.rawValue }
        let text = String(cString: value)
        return registration.answering { () throws(GitError) in
            guard try registration.content.applies(text, to: path(of: source)) else {
                return GIT_PASSTHROUGH.rawValue
            }
            payload?.pointee = Unmanaged.passRetained(AttributeValue(text)).toOpaque()
            return 0
        }
    }

    private static func apply(
        _ filter: UnsafeMutablePointer<git_filter>?,
        _ payload: UnsafeMutablePointer<UnsafeMutableRawPointer?>?,
        _ output: UnsafeMutablePointer<git_buf>?, _ input: UnsafePointer<git_buf>?,
        _ source: OpaquePointer?
    ) -> Int32 {
        guard let registration = registration(filter), let input = input?.pointee,
            let opaque = payload?.pointee
        else { return GIT_PASSTHROUGH.rawValue }
        let value = Unmanaged<AttributeValue>.fromOpaque(opaque).takeUnretainedValue().text
        let bytes = Array(UnsafeRawBufferPointer(start: input.ptr, count: input.size))
        let isClean = git_filter_source_mode(source) == GIT_FILTER_TO_ODB
        let blob = git_filter_source_id(source).map { ObjectID($0.pointee) }
        return registration.answering { () throws(GitError) in
            let filtered = try registration.content.filtered(
                bytes, path: path(of: source), value: value, isClean ? .clean : .smudge, blob: blob)
            guard let filtered else { return GIT_PASSTHROUGH.rawValue }
            return filtered.withUnsafeBytes { git_buf_set(output, $0.baseAddress, $0.count) }
        }
    }

    /// What C is told: the answer, or that something was thrown.
    private func answering(_ body: () throws(GitError) -> Int32) -> Int32 {
        do throws(GitError) { return try body() } catch {
            failure = error
            git_error_set_str(Int32(GIT_ERROR_FILTER.rawValue), error.message)
            return GIT_EUSER.rawValue
        }
    }

    private static func registration(
        _ filter: UnsafeMutablePointer<git_filter>?
    ) -> FilterRegistration? {
        guard let filter else { return nil }
        // The filter is the first part of the structure that was registered.
        let memory = UnsafeMutableRawPointer(filter).assumingMemoryBound(to: nbgit_filter.self)
        guard let owner = memory.pointee.owner else { return nil }
        return Unmanaged<FilterRegistration>.fromOpaque(owner).takeUnretainedValue()
    }

    private static func path(of source: OpaquePointer?) -> Path {
        git_filter_source_path(source).map { Path(cString: $0) } ?? ""
    }
}

/// What an attribute says about the file that is being filtered.
private final class AttributeValue {
    let text: String

    init(_ text: String) {
        self.text = text
    }
}
