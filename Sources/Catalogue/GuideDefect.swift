/// What is wrong with a guide or with what somebody filled in, where, and how to mend it.
package struct GuideDefect: Hashable, Sendable, Codable {
    /// Whether it keeps a guide from being published.
    package enum Severity: String, Sendable, Codable { case error, warning }

    /// Stable, `guide.…` for guides and `form.…` for answers.
    package let code: String
    /// The Swift name of the element, or the id of the material or field.
    package let element: String
    /// What is wrong.
    package let message: Bilingual
    /// What to do about it.
    package let mend: Bilingual
    package let severity: Severity

    init(
        _ code: String, _ element: String, _ message: Bilingual, mend: Bilingual, _ severity: Severity = .error
    ) {
        self.code = code
        self.severity = severity
        self.element = element
        self.message = message
        self.mend = mend
    }
}
