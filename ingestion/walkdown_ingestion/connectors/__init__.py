"""Places that documents are synced from: folders, WebDAV (SharePoint among them), S3-compatible stores, mailboxes."""
