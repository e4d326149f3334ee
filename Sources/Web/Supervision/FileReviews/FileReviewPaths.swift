import Supervision
import Vocabulary

/// The addresses of reviews of closed files.
extension Paths {
    static let fileReviews = "/office/file-reviews"
    static func fileReview(_ id: FileReviewID) -> String { "\(fileReviews)/\(id)" }
    static func reviewedFile(_ id: ReviewedFileID) -> String { "/office/reviewed-files/\(id)" }
    static let publicFileReviews = "/file-reviews"
    static func publicFileReview(_ id: FileReviewID) -> String { "\(publicFileReviews)/\(id)" }
}
